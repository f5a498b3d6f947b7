package io.steadfast.samples.storefront.show;

import static io.steadfast.samples.storefront.show.Figure.ATTEMPTS;
import static io.steadfast.samples.storefront.show.Figure.BREAKER;
import static io.steadfast.samples.storefront.show.Figure.CUT_OFF;
import static io.steadfast.samples.storefront.show.Figure.FAILED_ATTEMPTS;
import static io.steadfast.samples.storefront.show.Figure.FALLBACKS;
import static io.steadfast.samples.storefront.show.Figure.REFUSED;
import static io.steadfast.samples.storefront.show.Figure.SAVED_BY_RETRY;

import java.util.List;
import java.util.Locale;

/** What the table says about each service; a figure that has no part in its story is left out. */
enum Dependency {
    CATALOGUE("/products/{id}", ATTEMPTS, FAILED_ATTEMPTS, SAVED_BY_RETRY),
    STOCK("/stock/{id}", ATTEMPTS, FAILED_ATTEMPTS, SAVED_BY_RETRY, FALLBACKS, BREAKER),
    RECOMMENDATIONS("/recommendations/{id}", ATTEMPTS, FAILED_ATTEMPTS, REFUSED, FALLBACKS, BREAKER),
    PRICE("/prices/{id}", ATTEMPTS, CUT_OFF, FALLBACKS, BREAKER);

    private final String path;

    private final List<Figure> figures;

    Dependency(String path, Figure... figures) {
        this.path = path;
        this.figures = List.of(figures);
    }

    /** The name of the guarded call. */
    String call() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path of its requests, as the meter of the HTTP client knows it. */
    String path() {
        return path;
    }

    List<Figure> figures() {
        return figures;
    }
}

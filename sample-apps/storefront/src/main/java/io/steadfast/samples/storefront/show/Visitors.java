package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The shop's own visitors: each asks for a page over HTTP, like anybody, and notes what it got. */
@Component
class Visitors {

    static final String METER = "storefront.visits";

    /** More than this many at once would only measure how long a queue gets. */
    private static final int MOST_AT_ONCE = 200;

    private static final int PRODUCTS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private final AtomicLong sent = new AtomicLong();

    private final MeterRegistry meters;

    private final JsonMapper json;

    Visitors(MeterRegistry meters, JsonMapper json) {
        this.meters = meters;
        this.json = json;
    }

    /** Sends one visitor; none if too many are in the shop already. */
    void send(URI shop) {
        if (!places.tryAcquire()) {
            return;
        }
        URI page = shop.resolve("/products/" + (sent.getAndIncrement() % PRODUCTS + 1));
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build();
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
            places.release();
            meters.counter(METER, "outcome", outcome(response)).increment();
        });
    }

    private String outcome(@Nullable HttpResponse<String> response) {
        if (response == null || response.statusCode() != 200) {
            return "failed";
        }
        Page page = json.readValue(response.body(), Page.class);
        return page.missing().isEmpty() ? "answered" : "degraded";
    }

    /** The part of the page a visitor judges by. */
    private record Page(List<String> missing) {}
}

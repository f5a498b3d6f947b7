package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAccumulator;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks for pages over HTTP, like anybody, and notes what it got. */
final class Browser {

    static final String METER = "storefront.visits";

    /** More than this many at once would only measure how long a queue gets. */
    private static final int MOST_AT_ONCE = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);

    private final String who;

    private final MeterRegistry meters;

    private final JsonMapper json;

    Browser(String who, MeterRegistry meters, JsonMapper json) {
        this.who = who;
        this.meters = meters;
        this.json = json;
    }

    /**
     * Asks for a page; does nothing if too many are awaited already.
     *
     * @return complete when the answer is there, whatever it is
     */
    CompletableFuture<?> ask(URI page, String customer) {
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(null);
        }
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("X-Customer", customer)
                .timeout(PATIENCE)
                .build();
        long asked = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString()).handle((response, failure) -> {
            places.release();
            longestNanos.accumulate(System.nanoTime() - asked);
            meters.counter(METER, "who", who, "outcome", outcome(response)).increment();
            return null;
        });
    }

    /** The longest wait for an answer since this was last asked. */
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.getThenReset());
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

package io.steadfast.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.steadfast.failover.Failover;
import io.steadfast.hedge.Hedge;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the storefront does not have: a pool, hedges and a shared limit. */
@Component
class Inventory {

    private final HttpClient http = HttpClient.newHttpClient();

    @Failover("inventory")
    @Retry("inventory")
    @Hedge("inventory")
    @RateLimiter("inventory")
    int left(@Nullable URI instance) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(instance).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}

package io.steadfast.drills.caller;

import io.steadfast.failover.Failover;
import io.steadfast.retry.Retry;
import io.steadfast.timeout.Timeout;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Ours. */
@Component
@Profile("steadfast")
class SteadfastStock implements StockClient {

    private final RestClient http;

    SteadfastStock(RestClient.Builder http) {
        this.http = http.baseUrl("http://stock").build();
    }

    @Override
    @Failover("stock")
    @Retry("stock")
    @Timeout("stock")
    public String left(int id) {
        return http.get().uri("/stock/{id}", id).retrieve().body(String.class);
    }
}

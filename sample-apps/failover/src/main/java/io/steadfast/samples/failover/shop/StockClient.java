package io.steadfast.samples.failover.shop;

import io.steadfast.failover.Failover;
import io.steadfast.retry.Retry;
import io.steadfast.timeout.Timeout;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the stock service. The name is all it knows: which instance answers is decided for each attempt. */
@Component
public class StockClient {

    private final RestClient http;

    StockClient(RestClient.Builder http) {
        this.http = http.baseUrl("http://stock").build();
    }

    /**
     * How many are left.
     *
     * @param id the product
     * @return what the first instance that was well has said
     */
    @Failover("stock")
    @Retry("stock")
    @Timeout("stock")
    public Stock left(String id) {
        return http.get().uri("/stock/{id}", id).retrieve().body(Stock.class);
    }
}

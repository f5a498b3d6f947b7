package io.steadfast.samples.storefront;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.samples.storefront.services.ServiceUrls;
import io.steadfast.timeout.Timeout;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The stock. A page that does not know how many are left still sells. */
@Component
class StockClient {

    private final RestClient http;

    StockClient(RestClient.Builder http, ServiceUrls urls) {
        this.http = http.baseUrl(urls.stock()).build();
    }

    @Timeout("stock")
    @Retry("stock")
    @CircuitBreaker("stock")
    @Fallback(method = "unknown")
    Stock left(String id) {
        return http.get().uri("/stock/{id}", id).retrieve().body(Stock.class);
    }

    Stock unknown(String id, Throwable failure) {
        return Stock.UNKNOWN;
    }
}

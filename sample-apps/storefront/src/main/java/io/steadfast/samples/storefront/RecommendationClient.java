package io.steadfast.samples.storefront;

import java.util.List;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.samples.storefront.services.ServiceUrls;
import io.steadfast.timeout.Timeout;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** What else one might buy. Worth neither a second try nor many threads: left alone while it is dead, asked a little while it is slow. */
@Component
class RecommendationClient {

    private final RestClient http;

    RecommendationClient(RestClient.Builder http, ServiceUrls urls) {
        this.http = http.baseUrl(urls.recommendations()).build();
    }

    @Timeout("recommendations")
    @CircuitBreaker("recommendations")
    @Bulkhead("recommendations")
    @Fallback(method = "none")
    List<String> besides(String id) {
        return http.get().uri("/recommendations/{id}", id).retrieve().body(new ParameterizedTypeReference<>() {});
    }

    List<String> none() {
        return List.of();
    }
}

package io.steadfast.samples.storefront;

import java.util.List;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.samples.storefront.services.ServiceUrls;
import io.steadfast.timeout.Timeout;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** What else one might buy. Worth neither a second try nor many threads: left alone while it is dead, asked a little while it is slow. */
@Component
class RecommendationClient {

    private final RecommendationApi api;

    RecommendationClient(RestClient.Builder http, ServiceUrls urls) {
        RestClient client = http.baseUrl(urls.recommendations()).build();
        this.api = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(RecommendationApi.class);
    }

    @Timeout("recommendations")
    @CircuitBreaker("recommendations")
    @Bulkhead("recommendations")
    @Fallback(method = "none")
    List<String> besides(String id) {
        return api.besides(id);
    }

    List<String> none() {
        return List.of();
    }
}

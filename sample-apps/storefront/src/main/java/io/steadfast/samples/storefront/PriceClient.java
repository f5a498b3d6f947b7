package io.steadfast.samples.storefront;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.fallback.Fallback;
import io.steadfast.samples.storefront.services.ServiceUrls;
import io.steadfast.spring.Resilient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/** The prices. {@code @Resilient} takes every policy that is configured for "price"; the last price known is better than none. */
@Component
class PriceClient {

    private final WebClient http;

    private final Map<String, Price> lastKnown = new ConcurrentHashMap<>();

    PriceClient(WebClient.Builder http, ServiceUrls urls) {
        this.http = http.baseUrl(urls.price().toString()).build();
    }

    @Resilient("price")
    @Fallback(method = "lastKnown")
    @Nullable
    Price of(String id) {
        Price price = http.get()
                .uri("/prices/{id}", id)
                .retrieve()
                .bodyToMono(Price.class)
                .block();
        if (price != null) {
            lastKnown.put(id, price);
        }
        return price;
    }

    @Nullable
    Price lastKnown(String id) {
        Price known = lastKnown.get(id);
        return known == null ? null : known.outdated();
    }
}

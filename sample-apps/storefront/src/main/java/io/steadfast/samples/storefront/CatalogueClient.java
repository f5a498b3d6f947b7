package io.steadfast.samples.storefront;

import java.util.Objects;

import io.steadfast.retry.Retry;
import io.steadfast.samples.storefront.services.ServiceUrls;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The catalogue. Without it there is no page, so it is tried again, and there is nothing to say instead. */
@Component
class CatalogueClient {

    private final RestClient http;

    CatalogueClient(RestClient.Builder http, ServiceUrls urls) {
        this.http = http.baseUrl(urls.catalogue()).build();
    }

    @Retry("catalogue")
    Product find(String id) {
        return Objects.requireNonNull(
                http.get().uri("/products/{id}", id).retrieve().body(Product.class));
    }
}

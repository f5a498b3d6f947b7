package io.steadfast.samples.storefront;

import java.util.Objects;

import io.steadfast.retry.Retry;
import io.steadfast.samples.storefront.services.ServiceUrls;
import io.steadfast.timeout.Timeout;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The catalogue. Without it there is no page, so it is tried again, within a time that a visitor bears. */
@Component
class CatalogueClient {

    private final RestClient http;

    CatalogueClient(RestClient.Builder http, ServiceUrls urls) {
        this.http = http.baseUrl(urls.catalogue()).build();
    }

    @Timeout("catalogue")
    @Retry("catalogue")
    Product find(String id) {
        return Objects.requireNonNull(
                http.get().uri("/products/{id}", id).retrieve().body(Product.class));
    }
}

package io.steadfast.samples.storefront;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.ratelimiter.RateLimiter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * Puts a page together from four services. Only the catalogue can make it fail: the others have fallbacks. A page costs all four of
 * them, so no customer gets more than a fair number of pages.
 */
@RestController
class ProductController {

    private final CatalogueClient catalogue;

    private final StockClient stock;

    private final PriceClient price;

    private final RecommendationClient recommendations;

    ProductController(
            CatalogueClient catalogue, StockClient stock, PriceClient price, RecommendationClient recommendations) {
        this.catalogue = catalogue;
        this.stock = stock;
        this.price = price;
        this.recommendations = recommendations;
    }

    @RateLimiter(value = "pages", key = "#customer")
    @GetMapping("/products/{id}")
    ProductPage product(
            @PathVariable String id, @RequestHeader(name = "X-Customer", defaultValue = "guest") String customer) {
        return ProductPage.of(catalogue.find(id), stock.left(id), price.of(id), recommendations.besides(id));
    }

    @ExceptionHandler
    ProblemDetail noSuchProduct(HttpClientErrorException.NotFound unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "The catalogue has no such product.");
    }

    @ExceptionHandler({RestClientException.class, CallTimeoutException.class})
    ProblemDetail noCatalogue() {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "The catalogue does not answer.");
    }
}

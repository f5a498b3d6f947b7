package io.steadfast.samples.storefront;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a visitor gets; {@code missing} names what could not be said, or not up to date. */
record ProductPage(
        Product product, Stock stock, @Nullable Price price, List<String> recommendations, List<String> missing) {

    static ProductPage of(Product product, Stock stock, @Nullable Price price, List<String> recommendations) {
        List<String> missing = new ArrayList<>();
        if (!stock.known()) {
            missing.add("stock");
        }
        if (price == null || !price.current()) {
            missing.add("price");
        }
        if (recommendations.isEmpty()) {
            missing.add("recommendations");
        }
        return new ProductPage(product, stock, price, recommendations, missing);
    }
}

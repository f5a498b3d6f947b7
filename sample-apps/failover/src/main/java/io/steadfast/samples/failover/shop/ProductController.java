package io.steadfast.samples.failover.shop;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page of a product. */
@RestController
class ProductController {

    private final StockClient stock;

    ProductController(StockClient stock) {
        this.stock = stock;
    }

    @GetMapping("/products/{id}")
    Stock product(@PathVariable("id") String id) {
        return stock.left(id);
    }
}

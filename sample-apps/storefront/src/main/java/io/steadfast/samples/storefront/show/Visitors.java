package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The shop's own visitors: many customers, each of whom asks for a page now and then. */
@Component
class Visitors {

    static final String WHO = "visitors";

    private static final int PRODUCTS = 20;

    private static final int CUSTOMERS = 100;

    private final AtomicLong sent = new AtomicLong();

    private final Browser browser;

    Visitors(MeterRegistry meters, JsonMapper json) {
        this.browser = new Browser(WHO, meters, json);
    }

    /**
     * Sends one visitor.
     *
     * @return complete when the visitor leaves
     */
    CompletableFuture<?> send(URI shop) {
        long visit = sent.getAndIncrement();
        return browser.ask(shop.resolve("/products/" + (visit % PRODUCTS + 1)), "customer-" + visit % CUSTOMERS);
    }

    /** The longest that one of them waited since this was last asked. */
    Duration longestWait() {
        return browser.longestWait();
    }
}

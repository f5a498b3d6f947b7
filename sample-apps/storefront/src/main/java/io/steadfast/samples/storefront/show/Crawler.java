package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** A noisy neighbour: one customer who, while there, asks for more pages than all others together, whatever the answers are. */
@Component
public class Crawler {

    static final String WHO = "crawler";

    static final int PAGES_A_SECOND = 100;

    private static final int PRODUCTS = 20;

    private final AtomicLong sent = new AtomicLong();

    private final Browser browser;

    private volatile boolean here;

    Crawler(MeterRegistry meters, JsonMapper json) {
        this.browser = new Browser(WHO, meters, json);
    }

    /**
     * Begins to crawl.
     *
     * @return what the watcher is to be told
     */
    public String come() {
        here = true;
        return "a crawler comes: " + PAGES_A_SECOND + " pages a second, all under one name";
    }

    /**
     * Ends it.
     *
     * @return what the watcher is to be told
     */
    public String leave() {
        here = false;
        return "the crawler leaves";
    }

    /** Asks for the next page, if it is here. */
    void crawl(URI shop) {
        if (here) {
            browser.ask(shop.resolve("/products/" + (sent.getAndIncrement() % PRODUCTS + 1)), WHO);
        }
    }
}

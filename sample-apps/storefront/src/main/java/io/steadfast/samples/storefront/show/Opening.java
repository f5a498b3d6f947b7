package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.util.List;

/** The first words: where the shop is and how to read what follows. */
final class Opening {

    private static final int USUAL_PORT = 8080;

    private Opening() {}

    static String shop(URI shop, boolean portWasChosen) {
        String address = "The shop is open: " + shop.resolve("/products/1");
        return shop.getPort() == USUAL_PORT || portWasChosen
                ? address
                : address + " (port " + USUAL_PORT + " is taken, so it is another one)";
    }

    static List<String> pages(URI shop, boolean inside) {
        String dashboard = "See and steer its calls: " + shop.resolve("/resilience/");
        return inside ? List.of(dashboard, "Break and mend its services: " + shop.resolve("/")) : List.of(dashboard);
    }

    static List<String> table(ShowProperties properties, boolean scripted) {
        return List.of(
                "Visitors: " + properties.traffic().perSecond() + " a second. Ctrl-C ends it."
                        + (scripted ? " Its four services run inside and fail by a script." : ""),
                "A row sums up " + properties.reportEvery().toSeconds()
                        + " s: visitors who got a full page, part of one, or "
                        + "none (fail), and the longest wait in seconds.",
                "Each service: attempts (try), failed ones (bad), calls saved by a retry (sav), attempts cut off by a timeout (cut),",
                "calls refused by a bulkhead (ref), fallback answers (fb), the breaker. A crawler: pages got, and refused (ref).",
                "");
    }
}

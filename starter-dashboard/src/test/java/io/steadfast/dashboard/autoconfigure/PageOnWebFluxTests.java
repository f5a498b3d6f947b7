package io.steadfast.dashboard.autoconfigure;

import org.springframework.boot.WebApplicationType;

/** The page on WebFlux and Netty. */
class PageOnWebFluxTests extends PageTests {
    PageOnWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}

package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;

/** Viewers of a WebFlux application. */
class LocalViewersOnWebFluxTests extends LocalViewersTests {
    LocalViewersOnWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }

    @Test
    void whenForwardedHeadersAreBelieved_thenNobodyIsShownThePage(CapturedOutput output) throws IOException {
        try (RunningShop shop = open("--server.forward-headers-strategy=framework")) {
            assertThat(status(shop, "localhost")).isEqualTo(403);
            assertThat(output).contains("forwarded headers are believed here");
        }
    }
}

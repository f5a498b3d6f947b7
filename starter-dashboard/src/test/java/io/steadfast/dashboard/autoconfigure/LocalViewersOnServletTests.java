package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;

/** Viewers of a servlet application. */
class LocalViewersOnServletTests extends LocalViewersTests {
    LocalViewersOnServletTests() {
        super(WebApplicationType.SERVLET);
    }

    @Test
    void whenAFilterBelievesForwardedHeaders_thenViewersHereAreStillTold() throws IOException {
        try (RunningShop shop = open("--server.forward-headers-strategy=framework")) {
            assertThat(status(shop, "localhost")).isEqualTo(200);
        }
    }

    @Test
    void whenTheServerBelievesForwardedHeaders_thenNobodyIsShownThePage(CapturedOutput output) throws IOException {
        try (RunningShop shop = open("--server.forward-headers-strategy=native")) {
            assertThat(status(shop, "localhost")).isEqualTo(403);
            assertThat(output).contains("forwarded headers are believed here");
        }
    }

    @Test
    void whenTomcatIsToldOfAProxyByItsOwnSettings_thenNobodyIsShownThePage() throws IOException {
        try (RunningShop shop = open("--server.tomcat.remoteip.remote-ip-header=x-forwarded-for")) {
            assertThat(status(shop, "localhost", "X-Forwarded-For: 127.0.0.1")).isEqualTo(403);
        }
    }
}

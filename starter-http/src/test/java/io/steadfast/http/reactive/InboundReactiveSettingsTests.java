package io.steadfast.http.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Optional;

import io.steadfast.http.inbound.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.ReadinessState;

class InboundReactiveSettingsTests {

    @Test
    void whenEnforced_thenExpiredWorkIsRefusedOnArrival() {
        try (TestServer server = start("resilience.http.inbound.mode=enforce")) {
            HttpResponse<String> answer = server.get("/left", "Resilience-Timeout", "1n");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(server.expired("refused")).isEqualTo(1);
            assertThat(server.get("/left", "Resilience-Timeout", "800m").body()).isEqualTo("PT0.8S");
        }
    }

    @Test
    void whenSwitchedOff_thenNoHeaderIsRead() {
        try (TestServer server = start("resilience.http.inbound.mode=off")) {
            assertThat(server.get("/left", "Resilience-Timeout", "800m").body()).isEqualTo("endless");
            assertThat(server.get("/retried", "Resilience-Attempt", "1; max=3").body())
                    .isEqualTo("false");
        }
    }

    @Test
    void whenMaximumAndHeadersAreSet_thenTheyHold() {
        try (TestServer server = start(
                "resilience.http.inbound.max-timeout=5s", "resilience.http.inbound.timeout-headers=X-Time-Left")) {
            assertThat(server.get("/left", "X-Time-Left", "8S").body()).isEqualTo("PT5S");
            assertThat(server.get("/left", "Resilience-Timeout", "2S").body()).isEqualTo("endless");
        }
    }

    @Test
    void whenProblemDetailsAreSwitchedOff_thenRefusalsAreLeftToTheServer() {
        try (TestServer server =
                start("resilience.http.inbound.problem-details=false", "resilience.http.inbound.mode=enforce")) {
            assertThat(server.get("/fail/RATE").statusCode()).isEqualTo(500);
            HttpResponse<String> expired = server.get("/left", "Resilience-Timeout", "1n");
            assertThat(expired.statusCode()).isEqualTo(504);
            assertThat(expired.body()).isEmpty();
        }
    }

    @Test
    void whenTheApplicationHasAHandlerOfItsOwn_thenThatOneAnswers() {
        try (TestServer server = start("opinionated=true")) {
            HttpResponse<String> answer = server.get("/fail/CIRCUIT");

            assertThat(answer.statusCode()).isEqualTo(418);
            assertThat(answer.body()).isEqualTo("quotes");
            assertThat(server.get("/fail/TIMEOUT").statusCode()).isEqualTo(504);
        }
    }

    @Test
    void whenMaximumMakesNoSense_thenTheStartIsRefusedWithTheProperty() {
        assertThatThrownBy(() -> start("resilience.http.inbound.max-timeout=-1s"))
                .rootCause()
                .hasMessageContaining("resilience.http.inbound.max-timeout");
    }

    @Test
    void whenTheApplicationRefusesTraffic_thenAnswersSaySoUntilItAcceptsItAgain() {
        try (TestServer server = start()) {
            assertThat(draining(server)).isEmpty();
            server.becomes(ReadinessState.REFUSING_TRAFFIC);
            assertThat(draining(server)).contains("draining");
            assertThat(server.get("/fail/CIRCUIT").headers().firstValue("Resilience-Instance"))
                    .contains("draining");
            server.becomes(ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(draining(server)).isEmpty();
        }
    }

    @Test
    void whenTheHeaderIsSwitchedOff_thenNoAnswerSaysThatTheApplicationRefusesTraffic() {
        try (TestServer server = start("resilience.http.inbound.draining-header=false")) {
            server.becomes(ReadinessState.REFUSING_TRAFFIC);
            assertThat(draining(server)).isEmpty();
        }
    }

    private static Optional<String> draining(TestServer server) {
        return server.get("/left").headers().firstValue("Resilience-Instance");
    }

    private static TestServer start(String... properties) {
        return TestServer.start(WebApplicationType.REACTIVE, ReactiveApplication.class, properties);
    }
}

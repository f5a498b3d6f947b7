package io.steadfast.http.reactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.steadfast.http.inbound.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** A service in the middle of a chain: what its caller said reaches the service below. */
class RelayTests {

    private static final WireMockServer BELOW =
            new WireMockServer(options().dynamicPort().http2PlainDisabled(true));

    private static TestServer server;

    @BeforeAll
    static void start() {
        BELOW.start();
        server = TestServer.start(
                WebApplicationType.REACTIVE,
                Application.class,
                "below.url=" + BELOW.baseUrl(),
                "resilience.http.clients.below.base-url=" + BELOW.baseUrl(),
                "resilience.retry.instances.below.max-attempts=3",
                "resilience.retry.instances.below.wait-duration=0");
    }

    @AfterAll
    static void stop() {
        server.close();
        BELOW.stop();
    }

    @BeforeEach
    void reset() {
        BELOW.resetAll();
        BELOW.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    }

    @Test
    void whenCallerGivesTime_thenTheServiceBelowGetsWhatRemainsLessTheMargin() {
        server.get("/relay", "Resilience-Timeout", "800m");

        assertThat(requests())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.getHeader("Resilience-Timeout")).isEqualTo("790000u"));
    }

    @Test
    void whenCallerDoesNotRetry_thenRetriesAreMadeHere() {
        assertThat(server.get("/relay").statusCode()).isEqualTo(500);
        assertThat(requests()).hasSize(3);
    }

    @Test
    void whenCallerRetries_thenNoneAreMadeHereAndItIsToldThatItMay() {
        assertThat(server.get("/relay", "Resilience-Attempt", "1; max=3").statusCode())
                .isEqualTo(503);
        assertThat(requests()).hasSize(1);
    }

    private static List<LoggedRequest> requests() {
        return BELOW.findAll(anyRequestedFor(anyUrl()));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Relay.class)
    static class Application {}

    @RestController
    static class Relay {

        private final WebClient client;

        Relay(WebClient.Builder builder, @Value("${below.url}") String url) {
            this.client = builder.baseUrl(url).build();
        }

        @GetMapping("/relay")
        Mono<String> relay() {
            return client.get().uri("/below").retrieve().bodyToMono(String.class);
        }
    }
}

package io.steadfast.http.feign;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.http.autoconfigure.FeignClientsAutoConfiguration;
import io.steadfast.http.autoconfigure.HttpClientsAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTicker;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;

/** A server that answers as it is told, one answer after the other, and applications with an OpenFeign client for it. */
final class Scene implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    Scene() {
        server.start();
    }

    String url() {
        return server.baseUrl();
    }

    /** Waits take no time; the waits asked for are in the {@link ManualTimer}. */
    ApplicationContextRunner withoutWaiting(Class<?>... beans) {
        ManualTimer timer = new ManualTimer();
        return application(beans)
                .withBean(ManualTimer.class, () -> timer)
                .withBean(ManualTicker.class, timer::ticker)
                .withBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
    }

    ApplicationContextRunner application(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        HttpClientsAutoConfiguration.class,
                        FeignClientsAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        FeignAutoConfiguration.class))
                .withUserConfiguration(beans)
                .withPropertyValues("server.url=" + url());
    }

    /** A client called {@code stock} for the server, tried three times. */
    String[] stock() {
        return new String[] {
            "resilience.http.clients.stock.base-url=" + url(), "resilience.retry.instances.stock.max-attempts=3"
        };
    }

    void answers(ResponseDefinitionBuilder... answers) {
        server.resetAll();
        for (int i = 0; i < answers.length; i++) {
            int next = Math.min(i + 1, answers.length - 1);
            server.stubFor(any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willSetStateTo(next == 0 ? Scenario.STARTED : "answer " + next)
                    .willReturn(answers[i]));
        }
    }

    static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status).withBody("status " + status);
    }

    List<LoggedRequest> requests() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    List<String> sent(String header) {
        return requests().stream().map(request -> request.getHeader(header)).toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}

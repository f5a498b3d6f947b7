package io.steadfast.http.reactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/** An application with Boot's {@code WebClient.Builder} and configured clients, in front of a server that does as it is told. */
final class WebClientScene implements AutoCloseable {

    /** So many requests can wait at once. */
    private static final int THREADS = 60;

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().containerThreads(THREADS).http2PlainDisabled(true));

    private final ConfigurableApplicationContext context;

    private WebClientScene(Class<?> application, String... properties) {
        server.start();
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("logging.level.root=error");
        all.add("spring.main.banner-mode=off");
        all.add("server.url=" + server.baseUrl());
        all.add("resilience.retry.defaults.wait-duration=0");
        all.add("resilience.retry.defaults.max-attempts=3");
        all.add("resilience.http.defaults.push-back.cap=20ms");
        context = new SpringApplicationBuilder(Plain.class, application)
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .run();
    }

    static WebClientScene of(Class<?> application, String... properties) {
        return new WebClientScene(application, properties);
    }

    /** Configures the client {@code inventory} for everything under {@code /stock}, with retries and nothing else. */
    static WebClientScene withInventory(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("resilience.http.clients.inventory.base-url=${server.url}/stock");
        all.add("resilience.retry.instances.inventory.max-attempts=3");
        return of(Plain.class, all.toArray(String[]::new));
    }

    WebClient client() {
        return context.getBean(WebClient.Builder.class)
                .baseUrl(server.baseUrl())
                .build();
    }

    WireMockServer server() {
        return server;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Answers one after the other; the last one stays. */
    void answers(String path, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            server.stubFor(any(urlEqualTo(path))
                    .inScenario(path)
                    .whenScenarioStateIs(state(i))
                    .willSetStateTo(state(Math.min(i + 1, answers.length - 1)))
                    .willReturn(answers[i]));
        }
    }

    private static String state(int answered) {
        return answered == 0 ? Scenario.STARTED : "answered " + answered;
    }

    void answers(String path, int... statuses) {
        ResponseDefinitionBuilder[] answers = new ResponseDefinitionBuilder[statuses.length];
        for (int i = 0; i < statuses.length; i++) {
            answers[i] = aResponse().withStatus(statuses[i]).withBody("answer " + (i + 1));
        }
        answers(path, answers);
    }

    List<LoggedRequest> requests() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    double attempts(String call) {
        Counter counter = context.getBean(MeterRegistry.class)
                .find("resilience.attempts")
                .tag("name", call)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    long calls(String call, String outcome) {
        Timer timer = context.getBean(MeterRegistry.class)
                .find("resilience.calls")
                .tag("name", call)
                .tag("outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    void reset() {
        server.resetAll();
    }

    @Override
    public void close() {
        context.close();
        server.stop();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}
}

package io.steadfast.springcloud;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.steadfast.core.time.Ticker;
import io.steadfast.test.ManualTimer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gateway's servlet make, in front of a server that fails. */
class ServletGatewayTests {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private static @Nullable ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        SERVER.start();
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.web-application-type=servlet",
                "spring.cloud.gateway.server.webflux.enabled=false",
                "resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                "resilience.circuit-breaker.defaults.sliding-window-size=2",
                "resilience.circuit-breaker.defaults.minimum-number-of-calls=2",
                "resilience.circuit-breaker.defaults.open-jitter=0"));
        List<String> ids = List.of("passing", "failing", "healing");
        for (int index = 0; index < ids.size(); index++) {
            String route = "spring.cloud.gateway.server.webmvc.routes[" + index + "].";
            properties.add(route + "id=" + ids.get(index));
            properties.add(route + "uri=" + SERVER.baseUrl());
            properties.add(route + "predicates[0]=Path=/" + ids.get(index) + "/**");
            properties.add(route + "filters[0].name=CircuitBreaker");
            properties.add(route + "filters[0].args.id=" + ids.get(index));
            properties.add(route + "filters[0].args.fallbackUri=forward:/instead");
            properties.add(route + "filters[0].args.statusCodes=500");
        }
        gateway = new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.SERVLET)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    @AfterAll
    static void stop() {
        gateway().close();
        SERVER.stop();
    }

    @AfterEach
    void forget() {
        SERVER.resetAll();
    }

    private static ConfigurableApplicationContext gateway() {
        assertThat(gateway).isNotNull();
        return gateway;
    }

    private static String get(String path) throws Exception {
        URI uri = URI.create("http://localhost:" + gateway().getEnvironment().getProperty("local.server.port") + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void whenTheServerAnswers_thenTheAnswerPasses() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine")));

        assertThat(get("/passing/1")).isEqualTo("200 fine");
    }

    @Test
    void whenTheServerGoesOnFailing_thenTheFallbackAnswersAndTheServerIsLeftAlone() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));

        for (int call = 0; call < 5; call++) {
            assertThat(get("/failing/1")).isEqualTo("200 instead");
        }

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void whenTheServerIsWellAgain_thenTheBreakerCloses() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));
        get("/healing/1");
        get("/healing/1");
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine")));
        assertThat(get("/healing/1")).isEqualTo("200 instead");

        gateway().getBean(ManualTimer.class).advance(Duration.ofSeconds(5));

        assertThat(get("/healing/1")).isEqualTo("200 fine");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Gateway {

        @Bean
        ManualTimer manualTimer() {
            return new ManualTimer();
        }

        @Bean
        Ticker ticker(ManualTimer timer) {
            return timer.ticker();
        }

        @RequestMapping("/instead")
        String instead() {
            return "instead";
        }
    }
}

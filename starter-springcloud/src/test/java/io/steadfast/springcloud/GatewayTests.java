package io.steadfast.springcloud;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.time.Ticker;
import io.steadfast.springcloud.reactive.ReactiveSteadfastCircuitBreakerFactory;
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
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** A gateway in front of a server that fails, over real sockets; time passes when the test says so. */
class GatewayTests {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static @Nullable ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        SERVER.start();
        gateway = new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.REACTIVE)
                .properties(properties().toArray(String[]::new))
                .run();
    }

    @AfterAll
    static void stop() {
        gateway().close();
        SERVER.stop();
    }

    @AfterEach
    void reset() {
        SERVER.resetAll();
    }

    private static List<String> properties() {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.web-application-type=reactive", // the servlet gateway is on the class path, too
                "resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                "resilience.circuit-breaker.defaults.sliding-window-size=2",
                "resilience.circuit-breaker.defaults.minimum-number-of-calls=2",
                "resilience.circuit-breaker.defaults.permitted-number-of-calls-in-half-open-state=1",
                "resilience.circuit-breaker.defaults.wait-duration-in-open-state=5s",
                "resilience.circuit-breaker.defaults.open-jitter=0",
                "resilience.retry.instances.repeated.max-attempts=2",
                "resilience.retry.instances.repeated.wait-duration=0",
                "resilience.retry.instances.unsafe.max-attempts=2",
                "resilience.timeout.instances.slow.limit=1s",
                "resilience.hedge.instances.hedged.delay=1ms",
                "resilience.hedge.instances.hedged.extra-load=1"));
        List<String> ids =
                List.of("plain", "repeated", "slow", "unsafe", "resumed", "replaced", "statuses", "healing", "hedged");
        for (int index = 0; index < ids.size(); index++) {
            String id = ids.get(index);
            String route = "spring.cloud.gateway.server.webflux.routes[" + index + "].";
            properties.add(route + "id=" + id);
            properties.add(route + "uri=" + SERVER.baseUrl());
            properties.add(route + "predicates[0]=Path=/" + id + "/**");
            properties.add(route + "filters[0].name=CircuitBreaker");
            properties.add(route + "filters[0].args.name=" + id);
            if (!id.equals("plain")) {
                properties.add(route + "filters[0].args.statusCodes=500,NOT_FOUND");
            }
            if (id.equals("replaced") || id.equals("healing")) {
                properties.add(route + "filters[0].args.fallbackUri=forward:/instead");
            }
            if (id.equals("resumed")) {
                properties.add(route + "filters[0].args.resumeWithoutError=true");
            }
        }
        return properties;
    }

    private static ConfigurableApplicationContext gateway() {
        assertThat(gateway).isNotNull();
        return gateway;
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(request(method, path, body), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private static HttpRequest request(String method, String path, String body) {
        URI uri = URI.create("http://localhost:" + gateway().getEnvironment().getProperty("local.server.port") + path);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30)) // far beyond what anything here takes
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    /** As soon as somebody waits for it. */
    private static void passTime(Duration time) {
        ManualTimer timer = gateway().getBean(ManualTimer.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> timer.pendingTasks() > 0);
        timer.advance(time);
    }

    @Test
    void whenTheGatewayStarts_thenItsFilterRunsOnUs() {
        assertThat(gateway().getBean(ReactiveCircuitBreakerFactory.class))
                .isInstanceOf(ReactiveSteadfastCircuitBreakerFactory.class);
        assertThat(gateway().getBeansOfType(SpringCloudCircuitBreakerFilterFactory.class))
                .hasSize(1);
    }

    @Test
    void whenSpringCloudsOwnMakeIsOnTheClassPath_thenItStepsBack() {
        assertThat(gateway().getBeansOfType(CircuitBreakerRegistry.class)).isNotEmpty();
        assertThat(gateway().getBean(CircuitBreakerFactory.class)).isInstanceOf(SteadfastCircuitBreakerFactory.class);
    }

    @Test
    void whenTheServerAnswers_thenTheAnswerPasses() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine")));

        assertThat(get("/plain/1").body()).isEqualTo("fine");
    }

    @Test
    void whenARouteIsHedged_thenItsRequestIsSentOnceAllTheSame() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine").withFixedDelay(300)));
        ManualTimer timer = gateway().getBean(ManualTimer.class);

        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(request("GET", "/hedged/1", ""), BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            timer.advance(Duration.ofMillis(1));
            return answer.isDone();
        });

        assertThat(answer.get().body()).isEqualTo("fine");
        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void whenAStatusIsNotListed_thenItPassesAndCountsForNothing() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError().withBody("broken")));

        for (int call = 0; call < 5; call++) {
            HttpResponse<String> answer = get("/plain/1");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("broken");
        }
    }

    @Test
    void whenListedStatusesFail_thenTheBreakerOpensAndAnswersForTheServer() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        get("/statuses/1");
        get("/statuses/1");

        HttpResponse<String> refused = get("/statuses/1");

        assertThat(refused.statusCode()).isEqualTo(503);
        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void whenTheServerFails_thenTheFallbackAnswersAndKnowsWhy() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));
        get("/replaced/1");
        get("/replaced/1");

        HttpResponse<String> open = get("/replaced/1");

        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).isEqualTo("instead of " + CircuitOpenException.class.getSimpleName());
    }

    @Test
    void whenTheConnectionIsReset_thenTheFallbackAnswers() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThat(get("/replaced/1").statusCode()).isEqualTo(200);
    }

    @Test
    void whenTheServerIsWellAgain_thenTheBreakerCloses() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(serverError()));
        get("/healing/1");
        get("/healing/1");
        SERVER.stubFor(any(anyUrl()).willReturn(ok("fine")));
        assertThat(get("/healing/1").body()).startsWith("instead");

        gateway().getBean(ManualTimer.class).advance(Duration.ofSeconds(5));

        assertThat(get("/healing/1").body()).isEqualTo("fine");
        assertThat(get("/healing/1").body()).isEqualTo("fine");
    }

    @Test
    void whenARouteResumesWithoutError_thenItDoes() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(get("/resumed/1").statusCode()).isEqualTo(200);
    }

    @Test
    void whenNobodyAskedForATimeout_thenASlowAnswerIsWaitedFor() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(1500)));

        assertThat(get("/plain/1").body()).isEqualTo("late");
    }

    @Test
    void whenATimeoutIsConfigured_thenItHoldsForTheRoute() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("late").withFixedDelay(60_000)));
        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(request("GET", "/slow/1", ""), BodyHandlers.ofString());

        passTime(Duration.ofSeconds(1));

        assertThat(answer.get().statusCode()).isEqualTo(504);
    }

    @Test
    void whenARetryIsConfigured_thenTheRequestIsRoutedAnewWithItsBody() throws Exception {
        failOnceThen(ok("second"));

        CompletableFuture<HttpResponse<String>> sent =
                CLIENT.sendAsync(request("PUT", "/repeated/1", "stock=7"), BodyHandlers.ofString());
        passTime(Duration.ofMillis(1));
        HttpResponse<String> answer = sent.get();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("second");
        assertThat(answer.headers().allValues("X-First")).isEmpty();
        SERVER.verify(2, putRequestedFor(anyUrl()).withRequestBody(equalTo("stock=7")));
    }

    @Test
    void whenARequestMayHaveTakenEffect_thenItIsNotRepeated() throws Exception {
        failOnceThen(ok("second"));

        HttpResponse<String> answer = send("POST", "/unsafe/1", "pay=7");

        assertThat(answer.statusCode()).isEqualTo(500);
        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    private static void failOnceThen(com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl())
                .inScenario("flaky")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(serverError().withHeader("X-First", "yes"))
                .willSetStateTo("well"));
        SERVER.stubFor(
                any(anyUrl()).inScenario("flaky").whenScenarioStateIs("well").willReturn(answer));
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
        String instead(ServerWebExchange exchange) {
            Throwable why = exchange.getAttribute(ServerWebExchangeUtils.CIRCUITBREAKER_EXECUTION_EXCEPTION_ATTR);
            return "instead of " + (why == null ? "nothing" : why.getClass().getSimpleName());
        }
    }
}

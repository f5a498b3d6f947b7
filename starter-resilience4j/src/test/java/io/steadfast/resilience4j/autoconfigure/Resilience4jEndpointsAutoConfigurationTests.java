package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonComparator;
import org.springframework.test.json.JsonCompareMode;

@SpringBootTest(
        classes = Resilience4jEndpointsAutoConfigurationTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoints.web.exposure.include=*",
            "resilience4j.circuitbreaker.instances.breaker.event-consumer-buffer-size=2",
            "resilience.circuit-breaker.instances.breaker.failure-rate-threshold=50",
            "resilience.circuit-breaker.instances.breaker.slow-call-duration-threshold=60s",
            "resilience.rate-limiter.instances.limiter.limit-for-period=3",
            "resilience.retry.defaults.jitter=none",
            "resilience.bulkhead.instances.bulkhead.max-concurrent-calls=1",
            "resilience.timeout.instances.limit.limit=2s"
        })
class Resilience4jEndpointsAutoConfigurationTests {

    /** Times differ; all else is compared as it stands. */
    private static final String TIME = "\"creationTime\":\"[^\"]*\"";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Stock stock;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @BeforeEach
    void beginAnew() {
        stock.letGo();
        stock.fail(0);
        breakers.circuitBreaker("breaker").reset();
    }

    @Test
    void whenAskedForCircuitBreakers_thenTheirDetailsAreShown() throws Exception {
        stock.throughBreaker();
        assertJson(get("circuitbreakers").body(), """
                {"circuitBreakers": {"breaker": {
                  "failureRate": "-1.0%", "slowCallRate": "-1.0%",
                  "failureRateThreshold": "50.0%", "slowCallRateThreshold": "100.0%",
                  "bufferedCalls": 1, "failedCalls": 0, "slowCalls": 0, "slowFailedCalls": 0,
                  "notPermittedCalls": 0, "state": "CLOSED"}}}""");
    }

    @Test
    void whenAStateIsPosted_thenTheBreakerChangesAndTheAnswerSaysSo() throws Exception {
        HttpResponse<String> answer = post("circuitbreakers/breaker", "{\"updateState\": \"FORCE_OPEN\"}");
        assertJson(answer.body(), """
                {"circuitBreakerName": "breaker", "currentState": "FORCED_OPEN",
                 "message": "breaker state has been changed successfully"}""");
        assertThat(breakers.circuitBreaker("breaker").getState()).hasToString("FORCED_OPEN");
        post("circuitbreakers/breaker", "{\"updateState\": \"CLOSE\"}");
        assertThat(breakers.circuitBreaker("breaker").getState()).hasToString("CLOSED");
        post("circuitbreakers/breaker", "{\"updateState\": \"DISABLE\"}");
        assertThat(breakers.circuitBreaker("breaker").getState()).hasToString("DISABLED");
    }

    @Test
    void whenAStateIsPostedToAnUnknownBreaker_thenItIsNotFoundAndNotMade() throws Exception {
        assertThat(post("circuitbreakers/nobody", "{\"updateState\": \"CLOSE\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(breakers.find("nobody")).isEmpty();
    }

    @Test
    void whenAnUnknownStateIsPosted_thenItIsABadRequest() throws Exception {
        assertThat(post("circuitbreakers/breaker", "{\"updateState\": \"AJAR\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(breakers.circuitBreaker("breaker").getState()).hasToString("CLOSED");
    }

    @Test
    void whenAskedForEventsOfABreaker_thenTheLatestAreShown() throws Exception {
        stock.throughBreaker();
        stock.throughBreaker();
        stock.fail(1);
        assertThatIllegalStateException().isThrownBy(stock::throughBreaker);
        assertJson(
                get("circuitbreakerevents/breaker/error")
                        .body()
                        .replaceAll("\"durationInMs\":\\d+", "\"durationInMs\":0"),
                """
                {"circuitBreakerEvents": [{"circuitBreakerName": "breaker", "type": "ERROR", "creationTime": "",
                  "errorMessage": "java.lang.IllegalStateException: no answer", "durationInMs": 0,
                  "stateTransition": null}]}""");
        assertThat(get("circuitbreakerevents/breaker").body().split("\"type\""))
                .as("a buffer of two")
                .hasSize(3);
        assertThat(get("circuitbreakerevents").body().split("\"type\"")).hasSize(3);
        assertJson(get("circuitbreakerevents/nobody").body(), "{\"circuitBreakerEvents\": []}");
    }

    @Test
    void whenAskedForAnUnknownType_thenItIsABadRequest() throws Exception {
        assertThat(get("circuitbreakerevents/breaker/nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void whenAskedForRetries_thenNamesAndEventsAreShown() throws Exception {
        stock.fail(1);
        stock.throughRetry();
        assertJson(get("retries").body(), "{\"retries\": [\"limit\", \"retry\"]}");
        assertJson(get("retryevents/retry").body(), """
                {"retryEvents": [
                  {"retryName": "retry", "type": "RETRY", "creationTime": "",
                   "errorMessage": "java.lang.IllegalStateException: no answer", "numberOfAttempts": 1},
                  {"retryName": "retry", "type": "SUCCESS", "creationTime": "",
                   "errorMessage": null, "numberOfAttempts": 1}]}""");
    }

    @Test
    void whenAskedForRateLimiters_thenNamesAndEventsAreShown() throws Exception {
        stock.throughLimiter();
        assertJson(get("ratelimiters").body(), "{\"rateLimiters\": [\"limiter\"]}");
        assertJson(get("ratelimiterevents/limiter/successful_acquire").body(), """
                {"rateLimiterEvents": [
                  {"rateLimiterName": "limiter", "type": "SUCCESSFUL_ACQUIRE", "creationTime": ""}]}""");
    }

    @Test
    void whenAskedForBulkheads_thenNamesAndEventsAreShown() throws Exception {
        stock.throughBulkhead();
        assertJson(get("bulkheads").body(), "{\"bulkheads\": [\"bulkhead\"]}");
        assertJson(get("bulkheadevents").body(), """
                {"bulkheadEvents": [
                  {"bulkheadName": "bulkhead", "type": "CALL_PERMITTED", "creationTime": ""},
                  {"bulkheadName": "bulkhead", "type": "CALL_FINISHED", "creationTime": ""}]}""");
    }

    @Test
    void whenAskedForTimeLimiters_thenNamesAndEventsAreShown() throws Exception {
        stock.withinLimit();
        assertJson(get("timelimiters").body(), "{\"timeLimiters\": [\"limit\"]}");
        assertJson(get("timelimiterevents/limit").body(), """
                {"timeLimiterEvents": [{"timeLimiterName": "limit", "type": "SUCCESS", "creationTime": ""}]}""");
    }

    @Test
    void whenHealthIsAskedForByProperty_thenItShowsTheStateOfChosenInstances() {
        Stock.application()
                .withConfiguration(AutoConfigurations.of(Resilience4jEndpointsAutoConfiguration.class))
                .withBean(StatusAggregator.class, StatusAggregator::getDefault)
                .withPropertyValues(
                        "management.health.circuitbreakers.enabled=true",
                        "management.health.ratelimiters.enabled=true",
                        "resilience4j.circuitbreaker.configs.default.register-health-indicator=true",
                        "resilience4j.circuitbreaker.instances.breaker.allow-health-indicator-to-fail=true")
                .run(context -> {
                    HealthIndicator breakersHealth =
                            context.getBean("circuitBreakersHealthIndicator", HealthIndicator.class);
                    assertThat(String.valueOf(breakersHealth.health()))
                            .contains("breaker")
                            .contains("bufferedCalls=0");
                    context.getBean(CircuitBreakerRegistry.class)
                            .circuitBreaker("breaker")
                            .transitionToOpenState();
                    assertThat(breakersHealth.health())
                            .isNotNull()
                            .satisfies(health -> assertThat(health.getStatus()).isEqualTo(Status.DOWN));
                    assertThat(String.valueOf(context.getBean("rateLimitersHealthIndicator", HealthIndicator.class)
                                    .health()))
                            .as("not registered")
                            .doesNotContain("limiter");
                });
    }

    @Test
    void whenNobodyAsksForHealth_thenThereIsNoIndicator() {
        Stock.application()
                .withConfiguration(AutoConfigurations.of(Resilience4jEndpointsAutoConfiguration.class))
                .withBean(StatusAggregator.class, StatusAggregator::getDefault)
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void whenTheActuatorIsAbsent_thenTheContextStarts() {
        Stock.application()
                .withConfiguration(AutoConfigurations.of(Resilience4jEndpointsAutoConfiguration.class))
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Resilience4jEndpointsAutoConfiguration.class));
    }

    @Test
    void whenNoEndpointIsExposed_thenNobodyListensToEvents() {
        Stock.application()
                .withConfiguration(AutoConfigurations.of(Resilience4jEndpointsAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("circuitBreakerEventsEndpoint")
                        .doesNotHaveBean("retryEventsEndpoint"));
    }

    private static void assertJson(String actual, String expected) {
        JsonComparator comparator = JsonAssert.comparator(JsonCompareMode.STRICT);
        comparator.assertIsMatch(expected, actual.replaceAll(TIME, "\"creationTime\":\"\""));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Stock.Beans.class)
    static class Application {}
}

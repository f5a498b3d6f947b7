package io.steadfast.http.restclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.PolicySlot;
import io.steadfast.http.HttpTargets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** Each row of the table, for each way to use a client: how often it is tried, and what the breaker counts. */
class AnswerTableTests {

    private static final Map<Integer, Row> TABLE = Map.ofEntries(
            Map.entry(200, new Row(1, 0)),
            Map.entry(204, new Row(1, 0)),
            Map.entry(304, new Row(1, 0)),
            Map.entry(400, new Row(1, 0)),
            Map.entry(404, new Row(1, 0)),
            Map.entry(408, new Row(3, 3)),
            Map.entry(409, new Row(1, 0)),
            Map.entry(429, new Row(3, 0)),
            Map.entry(500, new Row(1, 1)),
            Map.entry(501, new Row(1, 1)),
            Map.entry(502, new Row(3, 3)),
            Map.entry(503, new Row(3, 3)),
            Map.entry(504, new Row(3, 3)));

    private final Backend backend = new Backend();

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @EnumSource
    void whenAServerAnswers_thenTheTableSaysWhatItMeans(ClientKind client) {
        HttpScene.withoutWaiting()
                .withPropertyValues(HttpScene.stock(backend.url()))
                .withPropertyValues("resilience.circuit-breaker.instances.stock.minimum-number-of-calls=1000")
                .run(context -> TABLE.forEach((status, row) -> {
                    backend.answers(status);
                    long failedBefore = failures(context);

                    assertThat(client.send(context, HttpMethod.GET, backend.url() + "/items"))
                            .as("status of the last answer")
                            .isEqualTo(status);

                    assertThat(backend.requests()).as("attempts at %s", status).hasSize(row.attempts());
                    assertThat(failures(context) - failedBefore)
                            .as("failures the breaker counts at %s", status)
                            .isEqualTo(row.failures());
                }));
    }

    @ParameterizedTest
    @EnumSource
    void whenAStatusIsOverridden_thenItMeansWhatTheClientSays(ClientKind client) {
        HttpScene.withoutWaiting()
                .withPropertyValues(HttpScene.stock(backend.url()))
                .withPropertyValues(
                        "resilience.http.clients.stock.statuses.transient=500,520-529",
                        "resilience.http.clients.stock.statuses.callers-own=503")
                .run(context -> {
                    for (int status : List.of(500, 525)) {
                        backend.answers(status);
                        client.send(context, HttpMethod.GET, backend.url() + "/items");
                        assertThat(backend.requests()).hasSize(3);
                    }
                    backend.answers(503);
                    client.send(context, HttpMethod.GET, backend.url() + "/items");
                    assertThat(backend.requests()).hasSize(1);
                });
    }

    private static long failures(ApplicationContext context) {
        return context.getBean(HttpTargets.class).named("stock").orElseThrow().pipeline().slots().stream()
                .map(PolicySlot::policy)
                .filter(CircuitBreakerPolicy.class::isInstance)
                .map(policy -> ((Number) policy.snapshot().get("failed-calls")).longValue())
                .findFirst()
                .orElseThrow();
    }

    private record Row(int attempts, int failures) {}
}

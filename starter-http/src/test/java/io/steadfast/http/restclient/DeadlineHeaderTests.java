package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** The time left, as the server is told and as it is kept. */
class DeadlineHeaderTests {

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application =
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(backend.url()));

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whenTimeIsLimited_thenTheServerIsToldWhatIsLeftLessTheMargin() {
        backend.answers(200);
        application.run(context -> {
            within(context, Duration.ofMillis(810));

            assertThat(backend.sent("Resilience-Timeout")).containsExactly("800000u");
        });
    }

    @Test
    void whenAnAttemptHasPassed_thenTheNextOneIsToldOfLess() {
        backend.answers(status(503).withHeader("Retry-After", "30"), status(200));
        application.run(context -> {
            within(context, Duration.ofSeconds(40).plusMillis(10));

            assertThat(backend.sent("Resilience-Timeout")).containsExactly("40000000u", "10000000u");
        });
    }

    @Test
    void whenTheCallHasALimitOfItsOwn_thenTheServerIsToldOfIt() {
        backend.answers(200);
        application
                .withPropertyValues("resilience.timeout.instances.stock.limit=5s")
                .run(context -> {
                    send(context);

                    assertThat(backend.sent("Resilience-Timeout")).containsExactly("4990000u");
                });
    }

    @Test
    void whenTimeIsNotLimited_thenTheServerIsToldNothing() {
        backend.answers(200);
        application.run(context -> {
            send(context);

            assertThat(backend.sent("Resilience-Timeout")).containsOnlyNulls();
        });
    }

    @Test
    void whenHeaderAndMarginAreSet_thenTheyHold() {
        backend.answers(200);
        application
                .withPropertyValues(
                        "resilience.http.clients.stock.deadline.header=grpc-timeout",
                        "resilience.http.clients.stock.deadline.margin=100ms")
                .run(context -> {
                    within(context, Duration.ofMillis(500));

                    assertThat(backend.sent("grpc-timeout")).containsExactly("400000u");
                    assertThat(backend.sent("Resilience-Timeout")).containsOnlyNulls();
                });
    }

    @Test
    void whenTheHeaderIsSwitchedOff_thenTheServerIsToldNothing() {
        backend.answers(200);
        application
                .withPropertyValues("resilience.http.defaults.deadline.header=none")
                .run(context -> {
                    within(context, Duration.ofMillis(500));

                    assertThat(backend.sent("Resilience-Timeout")).containsOnlyNulls();
                    assertThat(backend.sent("none")).containsOnlyNulls();
                });
    }

    @Test
    void whenNoTimeIsLeft_thenNothingIsSent() {
        backend.answers(200);
        application.run(context -> {
            assertThatThrownBy(() -> within(context, Duration.ZERO)).isInstanceOf(DeadlineExceededException.class);

            assertThat(backend.requests()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "reactor"})
    void whenTheInheritedDeadlineComes_thenAnInterruptibleClientIsEnded(String transport) {
        backend.answers(status(200).withFixedDelay(30_000));
        HttpScene.application()
                .withPropertyValues(
                        "resilience.http.clients.stock.base-url=" + backend.url(),
                        "resilience.retry.instances.stock.max-attempts=3",
                        "spring.http.clients.imperative.factory=" + transport)
                .run(context -> {
                    Callable<Integer> request = () -> send(context);

                    assertThatThrownBy(() -> Deadline.in(Duration.ofMillis(500)).call(request))
                            .isInstanceOf(CallTimeoutException.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                });
    }

    private void within(ApplicationContext context, Duration time) throws Exception {
        Callable<Integer> request = () -> send(context);
        Deadline.in(time, context.getBean(ManualTimer.class).ticker()).call(request);
    }

    private int send(ApplicationContext context) {
        return ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items");
    }
}

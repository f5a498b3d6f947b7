package io.steadfast.http.restclient;

import static io.steadfast.http.restclient.Backend.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.steadfast.core.Deadline;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.RateLimitedException;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** A server that says when to come back. The clock stands at noon, and no answer has a Date of its own. */
class PushBackTests {

    private static final Duration OWN_BACK_OFF = Duration.ofMillis(100);

    private final Backend backend = new Backend();

    private final ApplicationContextRunner application =
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(backend.url()));

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | Retry-After       | 2",
                "429 | Retry-After       | 2",
                "503 | Retry-After       | Sun, 01 Mar 2026 12:00:02 GMT",
                "503 | Retry-After       | Sunday, 01-Mar-26 12:00:02 GMT",
                "503 | Retry-After       | Sun Mar  1 12:00:02 2026",
                "429 | RateLimit-Reset   | 2",
                "503 | RateLimit         | \"default\";r=0;t=2",
                "429 | RateLimit         | limit=10, remaining=0, reset=2",
                "429 | X-RateLimit-Reset | 2",
                "429 | X-RateLimit-Reset | 1772366402"
            })
    void whenAnAnswerSaysWhenToComeBack_thenTheRetryWaitsThatLongAndABitMore(int status, String header, String value) {
        backend.answers(status(status).withHeader(header, value), status(200));
        application.run(context -> {
            assertThat(send(context)).isEqualTo(200);

            assertThat(context.getBean(ManualTimer.class).sleeps())
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "0",
                "1.5",
                "1e3",
                "Sun, 01 Mar 2026 11:00:00 GMT",
                "Sun, 99 Mar 2026 12:00:02 GMT",
                "Sun, 01 Mar 2026 12:00:02 CET",
                "1, 2",
                "٢"
            })
    void whenAnAnswerTalksNonsense_thenTheOwnBackOffHolds(String value) {
        backend.answers(status(503).withHeader("Retry-After", value), status(200));
        application.run(context -> {
            assertThat(send(context)).isEqualTo(200);

            assertThat(context.getBean(ManualTimer.class).sleeps())
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isLessThanOrEqualTo(OWN_BACK_OFF));
        });
    }

    @Test
    void whenTheHeaderComesTwiceWithDifferentValues_thenTheOwnBackOffHolds() {
        backend.answers(status(503).withHeader("Retry-After", "2", "7"), status(200));
        application.run(context -> {
            send(context);

            assertThat(context.getBean(ManualTimer.class).sleeps())
                    .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(OWN_BACK_OFF));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "86400", "99999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void whenAServerAsksForTooMuch_thenTheCapHolds(String value) {
        backend.answers(status(503).withHeader("Retry-After", value), status(200));
        application.run(context -> {
            assertThat(send(context)).isEqualTo(200);

            assertThat(context.getBean(ManualTimer.class).sleeps()).containsExactly(Duration.ofSeconds(30));
        });
    }

    @Test
    void whenTheCapIsLower_thenItHolds() {
        backend.answers(status(503).withHeader("Retry-After", "20"), status(200));
        application
                .withPropertyValues("resilience.http.clients.stock.push-back.cap=5s")
                .run(context -> {
                    send(context);

                    assertThat(context.getBean(ManualTimer.class).sleeps()).containsExactly(Duration.ofSeconds(5));
                });
    }

    @Test
    void whenTheDeadlineIsNearer_thenTheCallFailsAtOnceAndTheLogSaysWhy() {
        backend.answers(status(503).withHeader("Retry-After", "20"), status(200));
        application.run(context -> {
            Deadline deadline = Deadline.in(
                    Duration.ofSeconds(10), context.getBean(ManualTimer.class).ticker());
            Callable<Integer> request = () -> send(context);

            assertThat(deadline.call(request)).isEqualTo(503);

            assertThat(context.getBean(ManualTimer.class).sleeps()).isEmpty();
            assertThat(context.getBean(RecordingListener.class).kinds()).containsExactly(Kind.RETRY_ABANDONED);
        });
    }

    @Test
    void whenQuietIsAskedFor_thenOtherCallersAreRefusedUntilTheTimeIsUp() {
        backend.answers(withWait(503), status(200));
        application
                .withPropertyValues(
                        "resilience.http.clients.stock.push-back.quiet=true",
                        "resilience.retry.instances.stock.max-attempts=1")
                .run(context -> {
                    send(context);

                    assertThatThrownBy(() -> send(context))
                            .isInstanceOf(RateLimitedException.class)
                            .hasMessage("Call 'stock' was refused: its server has asked to be left alone;"
                                    + " try again in 7000 ms");
                    assertThat(backend.requests()).hasSize(1);

                    context.getBean(ManualTimer.class).advance(Duration.ofSeconds(7));
                    assertThat(send(context)).isEqualTo(200);
                });
    }

    @Test
    void whenQuietIsAskedFor_thenTheCallerWhoWasToldComesBackAllTheSame() {
        backend.answers(withWait(429), status(200));
        application
                .withPropertyValues("resilience.http.clients.stock.push-back.quiet=true")
                .run(context -> assertThat(send(context)).isEqualTo(200));
    }

    @Test
    void whenQuietIsNotAskedFor_thenOtherCallersAreNotConcerned() {
        backend.answers(withWait(503), status(200));
        application
                .withPropertyValues("resilience.retry.instances.stock.max-attempts=1")
                .run(context -> {
                    send(context);
                    assertThat(send(context)).isEqualTo(200);
                });
    }

    private static ResponseDefinitionBuilder withWait(int status) {
        return status(status).withHeader("Retry-After", "7");
    }

    private int send(ApplicationContext context) {
        return ClientKind.REST_CLIENT.send(context, HttpMethod.GET, backend.url() + "/items");
    }
}

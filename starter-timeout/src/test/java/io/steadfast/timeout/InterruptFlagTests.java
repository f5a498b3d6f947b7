package io.steadfast.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The flag of a plain call's thread. An interrupt of ours is taken back, one from elsewhere stays, whichever came first and
 * whatever the code has made of them. Alarms ring on this very thread, when the time is moved.
 */
class InterruptFlagTests {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private static final Duration TOTAL = Duration.ofSeconds(2);

    private final ManualTimer timer = new ManualTimer();

    private final TimeoutConfig config =
            TimeoutConfig.builder().limit(LIMIT).total(TOTAL).build();

    private final TimeoutPolicy total = TimeoutPolicy.total("stock", config);

    private final TimeoutPolicy attempt = TimeoutPolicy.attempt("stock", config);

    private final Pipeline pipeline = Pipeline.named("stock")
            .runtime(new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE))
            .policy(total)
            .policy(attempt)
            .build();

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void whenCodeIsInterrupted_thenTheFlagIsDownAfterwards() {
        timedOut(() -> {
            timer.sleep(LIMIT.toNanos());
            return "too late";
        });

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whenCodeRestoresTheFlagAndWrapsTheInterrupt_thenTheFlagIsDownAfterwards() {
        timedOut(() -> {
            try {
                timer.sleep(LIMIT.toNanos());
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("could not wait", interrupt);
            }
            return "too late";
        });

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whenCodeIsDeafBeyondBothLimits_thenTheFlagIsDownAfterwards() {
        timedOut(() -> {
            timer.advance(LIMIT);
            assertThat(attempt.stillRunning()).isEqualTo(1);
            timer.advance(TOTAL);
            assertThat(attempt.stillRunning() + total.stillRunning()).isEqualTo(1);
            return "too late";
        });

        assertThat(Thread.interrupted()).isFalse();
        assertThat(attempt.stillRunning() + total.stillRunning()).isZero();
    }

    @Test
    void whenTheThreadWasInterruptedBefore_thenTheFlagIsUpAfterwards() {
        Thread.currentThread().interrupt();
        timedOut(() -> {
            timer.advance(LIMIT);
            return "too late";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenTheThreadWasInterruptedBeforeAndBothLimitsAreReached_thenTheFlagIsUpAfterwards() {
        Thread.currentThread().interrupt();
        timedOut(() -> {
            timer.advance(LIMIT);
            timer.advance(TOTAL);
            return "too late";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenTheThreadWasInterruptedBeforeAndTheCodeTakesTheInterrupt_thenTheFlagIsUpAfterwards() {
        Thread.currentThread().interrupt();
        timedOut(() -> {
            timer.advance(LIMIT);
            timer.sleep(1);
            return "never";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenAnInterruptComesAfterOursWasTaken_thenTheFlagIsUpAfterwards() {
        timedOut(() -> {
            try {
                timer.sleep(LIMIT.toNanos());
            } catch (InterruptedException ours) {
                fromElsewhere();
                throw ours;
            }
            return "never";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenAnInterruptComesInTime_thenItReachesTheCallerAsItIs() {
        InterruptedException interrupt = new InterruptedException("from elsewhere");

        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw interrupt;
                })))
                .isSameAs(interrupt);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whenAnInterruptComesInTimeAndCodeIsDeaf_thenTheAnswerPassesAndTheFlagIsUp() throws Exception {
        String answer = pipeline.call(() -> {
            fromElsewhere();
            return "in time";
        });

        assertThat(answer).isEqualTo("in time");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenALimitOfACallInsideIsReached_thenTheCallOutsideGoesOnUndisturbed() throws Exception {
        Pipeline patient = Pipeline.named("page")
                .runtime(new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE))
                .policy(TimeoutPolicy.total(
                        "page",
                        TimeoutConfig.builder().total(Duration.ofMinutes(1)).build()))
                .build();

        boolean flagInside = patient.call(() -> {
            assertThat(catchThrowable(() -> pipeline.call(() -> {
                        timer.advance(LIMIT);
                        return "too late";
                    })))
                    .isInstanceOf(CallTimeoutException.class);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(flagInside).isFalse();
        assertThat(timer.pendingTasks()).isZero();
    }

    private void timedOut(Callable<String> body) {
        assertThat(catchThrowable(() -> pipeline.call(body))).isInstanceOf(CallTimeoutException.class);
        assertThat(timer.pendingTasks()).isZero();
    }

    private static void fromElsewhere() {
        Thread.currentThread().interrupt();
    }
}

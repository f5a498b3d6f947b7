package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain calls and interrupts: the caller's are kept, ours never leak. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InterruptTests {

    private static final Duration SHORT = Duration.ofMillis(2);

    private static final Duration LONG = Duration.ofMinutes(5);

    private final HandTimer timer = new HandTimer();

    private final CountingGate gate = new CountingGate();

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void whenCallerIsInterruptedAsARetryWaits_thenItStopsAtOnceWithFlagAndLastFailure() {
        IOException down = new IOException("down");
        AtomicInteger entries = new AtomicInteger();
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime())
                .policy(Policies.retry(3))
                .policy(gate)
                .build();
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            entries.incrementAndGet();
            Thread.currentThread().interrupt();
            throw down;
        }));
        assertThat(thrown).isSameAs(down);
        assertThat(entries).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenTargetIsInterrupted_thenNobodyCountsItAndNobodyRecovers() {
        Pipeline pipeline = Pipeline.of("call", Policies.fallback(() -> "no"), Policies.retry(3), gate);
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            throw new InterruptedException();
        }));
        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
    }

    @Test
    void whenAttemptTimesOut_thenItIsRetriedAndNoInterruptLeaks() throws Exception {
        AtomicInteger entries = new AtomicInteger();
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime())
                .policy(Policies.limit("total", LONG))
                .policy(new Policies.Retry(3, 0, failure -> failure instanceof CallTimeoutException))
                .policy(Policies.limit("attempt", SHORT))
                .policy(gate)
                .build();
        String answer = pipeline.call(() -> {
            if (entries.incrementAndGet() < 3) {
                timer.sleep(LONG.toNanos());
            }
            return "third";
        });
        assertThat(answer).isEqualTo("third");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 2 failed, 0 abandoned");
    }

    @Test
    void whenTotalRunsOut_thenRetryingEndsAndNoInterruptLeaks() {
        Pipeline pipeline = Pipeline.of(
                "call",
                Policies.limit("total", Duration.ofMillis(20)),
                new Policies.Retry(Integer.MAX_VALUE, 0, failure -> true),
                Policies.limit("attempt", SHORT),
                gate);
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            new CountDownLatch(1).await();
            return "never";
        }));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(20)));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
    }

    @Test
    void whenCallerWasInterruptedBefore_thenFlagSurvivesATimeout() {
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(this::ringDuringTheCall)).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whenTargetIsDeafToInterrupts_thenCallTimesOutWhenItReturnsAndNoInterruptLeaks() {
        assertThat(catchThrowable(this::ringDuringTheCall)).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(gate.succeeded).as("the gate inside saw an answer").hasValue(1);
    }

    private String ringDuringTheCall() throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime())
                .policy(Policies.limit("attempt", SHORT))
                .policy(gate)
                .build();
        return pipeline.call(() -> {
            timer.runNext();
            return "too late";
        });
    }

    @Test
    void whenAlarmRacesWithTheAnswer_thenNoInterruptLeaksAndEachPermitIsSettledOnce() throws Exception {
        Racing racing = new Racing();
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), racing, ResilienceListener.NONE))
                .policy(Policies.limit("total", SHORT))
                .policy(Policies.limit("attempt", SHORT))
                .policy(gate)
                .build();
        int rounds = 5_000;
        for (int round = 0; round < rounds; round++) {
            assertThat(catchThrowable(() -> pipeline.call(() -> "ok")))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            late -> assertThat(late).isInstanceOf(CallTimeoutException.class));
            assertThat(Thread.currentThread().isInterrupted())
                    .as("round " + round)
                    .isFalse();
        }
        assertThat(gate.succeeded).hasValue(rounds);
        assertThat(gate.settled()).isEqualTo(rounds);
    }

    /** Rings at once, on another thread, while the call is under way: every round is a race. */
    private static final class Racing implements Timer {

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("nobody waits here");
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return Timer.system().schedule(task, 0);
        }
    }
}

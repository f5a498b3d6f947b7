package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain methods on a thread of their own, so that the caller can leave stuck code behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeparateThreadTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final CountDownLatch release = new CountDownLatch(1);

    private Pipeline pipeline(Policy... policies) {
        return pipeline(Timer.system(), policies);
    }

    private Pipeline pipeline(Timer timer, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(new PolicyRuntime(Ticker.system(), timer, journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    /** Stuck: no interrupt gets through. */
    private String hang() {
        while (true) {
            try {
                release.await();
                return "too late";
            } catch (InterruptedException deaf) {
                // goes on
            }
        }
    }

    @AfterEach
    void everythingEnds() {
        Thread.interrupted();
        release.countDown();
        await().untilAsserted(
                        () -> assertThat(gate.settled()).as("permits settled").isEqualTo(gate.acquired.get()));
        assertThat(CallThread.limitReached()).isFalse();
        assertThat(Deadline.current()).isEmpty();
    }

    @Test
    void whenCodeIsStuck_thenItsCallerIsLetGoAndItsPermitKeptUntilItEnds() {
        CountingLimit limit = CountingLimit.onSeparateThread(SHORT);
        assertThat(catchThrowable(() -> pipeline(limit, gate).call(this::hang)))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(SHORT));
        assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
        assertThat(gate.settled()).isZero();
        release.countDown();
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.TIMEOUT);
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT);
    }

    @Test
    void whenCodeHeedsInterrupts_thenItIsInterruptedAndItsPermitHasFailed() {
        CountingLimit limit = CountingLimit.onSeparateThread(SHORT);
        assertThat(catchThrowable(() -> pipeline(limit, gate).call(() -> {
                    release.await();
                    return "never";
                })))
                .isInstanceOf(CallTimeoutException.class);
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenCodeEndsInTime_thenItsCallerGetsWhatItGave() throws Exception {
        CountingLimit limit = CountingLimit.onSeparateThread(LONG);
        Pipeline pipeline = pipeline(limit, gate);
        Thread caller = Thread.currentThread();
        assertThat(pipeline.call(Thread::currentThread)).isNotSameAs(caller);
        Object none = pipeline.call(() -> null);
        assertThat(none).isNull();
        IOException failure = new IOException("down");
        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
        AssertionError error = new AssertionError();
        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw error;
                })))
                .isSameAs(error);
        assertThat(gate.counts()).isEqualTo("2 succeeded, 2 failed, 0 abandoned");
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
        assertThat(journal.attempts).hasValue(4);
    }

    @Test
    void whenRetried_thenWhatWasLeftBehindDoesNotDisturbTheNextAttempt() throws Exception {
        CountingLimit limit = CountingLimit.onSeparateThread(SHORT).laterAttempts(LONG);
        AtomicInteger entries = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        Pipeline pipeline = pipeline(
                Policies.limit("total", LONG),
                new Policies.Retry(2, 0, failure -> true),
                limit,
                Policies.fallback(() -> {
                    second.await();
                    return "substitute of the first attempt";
                }));
        String answer = pipeline.call(() -> {
            if (entries.incrementAndGet() == 1) {
                hang();
                throw new IOException("too late");
            }
            return "second";
        });
        assertThat(answer).isEqualTo("second");
        release.countDown();
        second.countDown();
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
        assertThat(journal.attempts).hasValue(2);
    }

    @Test
    void whenTheCallerIsInterrupted_thenItLeavesAtOnceWithItsFlagAndNobodyCountsTheCall() {
        CountingLimit limit = CountingLimit.onSeparateThread(LONG);
        CountingGate outside = new CountingGate();
        Thread caller = Thread.currentThread();
        Throwable thrown = catchThrowable(() -> pipeline(outside, Policies.fallback(() -> "no"), limit, gate)
                .call(() -> {
                    caller.interrupt();
                    release.await();
                    return "never";
                }));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenALimitFurtherOutEndsTheCall_thenTheWorkerIsToldAndTheCallerGetsThatTimeout() {
        CountingLimit limit = CountingLimit.onSeparateThread(LONG);
        Pipeline pipeline = pipeline(Policies.limit("total", SHORT), Policies.retry(3), limit, gate);
        assertThat(catchThrowable(() -> pipeline.call(this::hang)))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(SHORT));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
        release.countDown();
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
    }

    @Test
    void whenCodeRunsThere_thenTheDeadlineHoldsThereAndLimitsInsideWork() throws Exception {
        Pipeline pipeline = pipeline(
                CountingLimit.onSeparateThread(LONG),
                new Policies.Retry(2, 0, failure -> failure instanceof CallTimeoutException),
                CountingLimit.of(SHORT).laterAttempts(Duration.ofMinutes(2)));
        AtomicInteger entries = new AtomicInteger();
        Duration left = pipeline.call(() -> {
            Duration remaining = Deadline.remaining().orElseThrow();
            if (entries.incrementAndGet() == 1) {
                release.await();
            }
            return remaining;
        });
        assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(2));
        assertThat(entries).hasValue(2);
    }

    @Test
    void whenWorkersAreUsedAgain_thenNothingIsLeftOnThem() {
        Pipeline pipeline = pipeline(CountingLimit.onSeparateThread(Duration.ofMillis(1)), gate);
        for (int round = 0; round < 50; round++) {
            assertThat(catchThrowable(() -> pipeline.call(() -> {
                        release.await();
                        return "never";
                    })))
                    .isInstanceOf(CallTimeoutException.class);
            CompletableFuture<String> seen = new CompletableFuture<>();
            Timer.system()
                    .schedule(
                            () -> seen.complete(Thread.currentThread().isInterrupted() + " " + Deadline.current() + " "
                                    + CallThread.limitReached()),
                            0);
            assertThat(seen.join()).isEqualTo("false Optional.empty false");
        }
    }

    @Test
    void whenTheEndRacesWithTheLimit_thenAllIsSettledAndCountedOnce() {
        CountingLimit limit = CountingLimit.onSeparateThread(Duration.ofNanos(50_000));
        Pipeline pipeline = pipeline(limit, gate);
        int rounds = 1_000;
        for (int round = 0; round < rounds; round++) {
            long until = System.nanoTime() + round % 10 * 10_000L;
            Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return "ok";
            }));
            assertThat(Thread.interrupted()).as("round " + round).isFalse();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(CallTimeoutException.class);
            }
        }
        await().untilAsserted(() -> assertThat(limit.ended).hasValue(limit.left.get()));
        assertThat(journal.outcomes).hasSize(rounds);
    }

    @Test
    void whenThereIsNoThread_thenTheCallIsRejected() {
        HandTimer full = new HandTimer();
        full.rejecting = true;
        CountingLimit limit = CountingLimit.onSeparateThread(LONG);
        assertThat(catchThrowable(() -> pipeline(full, limit, gate).call(() -> "never")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(gate.acquired).hasValue(0);
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
    }

    @Test
    void whenTheTimerCannotWait_thenTheWorkerIsToldToEnd() {
        CountingLimit limit = CountingLimit.onSeparateThread(LONG);
        assertThat(catchThrowable(() -> pipeline(new Impatient(), limit, gate).call(() -> {
                    release.await();
                    return "never";
                })))
                .isInstanceOf(RejectedExecutionException.class);
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
    }

    /** Has threads, but cannot wait. */
    private static final class Impatient implements Timer {

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("nobody sleeps here");
        }

        @Override
        public boolean await(Signal signal, long nanos) {
            throw new RejectedExecutionException("timer is shut down");
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return Timer.system().schedule(task, delayNanos);
        }
    }
}

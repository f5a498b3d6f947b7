package io.steadfast.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.reactor.ReactorPipelines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Sinks;

/**
 * Thousands of calls that end at about their limit, in real time: whichever comes first, each has one outcome, no interrupt gets
 * out, and nothing is left.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LimitRaceTests {

    private static final int THREADS = 4;

    private static final int CALLS = 500;

    private static final long LIMIT = TimeUnit.MICROSECONDS.toNanos(1000);

    private static final long TOTAL = TimeUnit.MICROSECONDS.toNanos(1400);

    private final CountedAlarms timer = new CountedAlarms();

    private final CountOutcomes outcomes = new CountOutcomes();

    private final TimeoutConfig config = TimeoutConfig.builder()
            .limit(Duration.ofNanos(LIMIT))
            .total(Duration.ofNanos(TOTAL))
            .build();

    private final TimeoutPolicy total = TimeoutPolicy.total("race", config);

    private final TimeoutPolicy attempt = TimeoutPolicy.attempt("race", config);

    private final Pipeline pipeline = Pipeline.named("race")
            .runtime(new PolicyRuntime(Ticker.system(), timer, outcomes))
            .policy(total)
            .policy(attempt)
            .build();

    private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);

    private final AtomicInteger answers = new AtomicInteger();

    private final AtomicInteger timeouts = new AtomicInteger();

    private final AtomicInteger cancellations = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void whenDeafCodeEndsAtAboutItsLimit_thenNoInterruptGetsOut() throws Exception {
        race(() -> {
            long end = atAbout(ThreadLocalRandom.current().nextBoolean() ? LIMIT : TOTAL);
            plain(() -> spinUntil(end));
            assertThat(Thread.interrupted()).as("interrupt that leaked out").isFalse();
        });
        everythingIsOver();
    }

    @Test
    void whenCodeThatHeedsInterruptsEndsAtAboutItsLimit_thenNoInterruptGetsOut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        race(() -> {
            long end = atAbout(LIMIT);
            plain(() -> never.await(end - System.nanoTime(), TimeUnit.NANOSECONDS) ? "never" : "ok");
            assertThat(Thread.interrupted()).as("interrupt that leaked out").isFalse();
        });
        everythingIsOver();
    }

    @Test
    void whenTheThreadWasInterruptedBefore_thenTheInterruptIsStillThereAfterwards() throws Exception {
        race(() -> {
            long end = atAbout(ThreadLocalRandom.current().nextBoolean() ? LIMIT : TOTAL);
            Thread.currentThread().interrupt();
            plain(() -> spinUntil(end));
            assertThat(Thread.interrupted()).as("interrupt from elsewhere").isTrue();
        });
        everythingIsOver();
    }

    @Test
    void whenGuardedCallsAreInsideOthers_thenNoInterruptGetsOutOfAnyOfThem() throws Exception {
        race(() -> {
            long end = atAbout(LIMIT);
            plain(() -> {
                try {
                    return pipeline.call(() -> spinUntil(end));
                } catch (CallTimeoutException | DeadlineExceededException inside) {
                    return "inside";
                }
            });
            assertThat(Thread.interrupted()).as("interrupt that leaked out").isFalse();
        });
        assertThat(answers.get() + timeouts.get()).isEqualTo(THREADS * CALLS);
        nothingIsLeft();
    }

    @Test
    void whenFuturesCompleteAtAboutTheirLimit_thenEachHasOneOutcome() throws Exception {
        race(() -> {
            long end = atAbout(LIMIT);
            OwnFuture own = new OwnFuture();
            CompletableFuture<String> answer = pipeline.callAsync(own::entered);
            spinUntil(end);
            boolean won = own.complete("ok");
            String result = outcome(answer);
            assertThat(own.isCancelled()).isEqualTo(!won);
            assertThat(result == null || own.isEntered).isTrue();
            assertThat(won || result == null).isTrue();
        });
        everythingIsOver();
    }

    @Test
    void whenPublishersAnswerAtAboutTheirLimit_thenEachHasOneOutcome() throws Exception {
        race(() -> {
            long end = atAbout(LIMIT);
            Sinks.One<String> own = Sinks.one();
            CompletableFuture<String> answer =
                    own.asMono().transform(ReactorPipelines.mono(pipeline)).toFuture();
            spinUntil(end);
            own.tryEmitValue("ok");
            outcome(answer);
        });
        everythingIsOver();
    }

    @Test
    void whenCallersCancelAtAboutTheLimit_thenEachHasOneOutcomeAndTheWorkIsCancelled() throws Exception {
        race(() -> {
            long end = atAbout(LIMIT);
            OwnFuture own = new OwnFuture();
            CompletableFuture<String> answer = pipeline.callAsync(own::entered);
            spinUntil(end);
            answer.cancel(true);
            assertThat(outcome(answer)).isNull();
            assertThat(own.isCancelled()).isEqualTo(own.isEntered);
        });
        assertThat(cancellations.get() + timeouts.get()).isEqualTo(THREADS * CALLS);
        assertThat(outcomes.heard).hasValue(THREADS * CALLS);
        nothingIsLeft();
    }

    /** A call may be over before it has entered the target: the machine may take its time. */
    private static final class OwnFuture extends CompletableFuture<String> {

        private boolean isEntered;

        OwnFuture entered() {
            isEntered = true;
            return this;
        }
    }

    private void plain(Callable<String> body) throws Exception {
        try {
            assertThat(pipeline.call(body)).isNotNull();
            answers.incrementAndGet();
        } catch (CallTimeoutException timeout) {
            timeouts.incrementAndGet();
        }
    }

    private @Nullable String outcome(CompletableFuture<String> answer) throws Exception {
        try {
            String result = answer.get(60, TimeUnit.SECONDS);
            answers.incrementAndGet();
            return result;
        } catch (CancellationException cancelled) {
            cancellations.incrementAndGet();
            return null;
        } catch (ExecutionException failed) {
            assertThat(failed).hasCauseInstanceOf(CallTimeoutException.class);
            timeouts.incrementAndGet();
            return null;
        }
    }

    /** Some 200 µs before or after, so that many of the races are close. */
    private static long atAbout(long nanosFromNow) {
        return System.nanoTime() + nanosFromNow + ThreadLocalRandom.current().nextLong(-200_000, 200_000);
    }

    private static String spinUntil(long end) {
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return "ok";
    }

    private void race(Body body) throws Exception {
        List<Future<?>> racing = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            racing.add(threads.submit(() -> {
                for (int call = 0; call < CALLS; call++) {
                    body.run();
                }
                assertThat(Deadline.current()).isEmpty();
                return null;
            }));
        }
        for (Future<?> one : racing) {
            one.get();
        }
    }

    private void everythingIsOver() {
        assertThat(answers.get() + timeouts.get()).isEqualTo(THREADS * CALLS);
        assertThat(outcomes.heard).hasValue(THREADS * CALLS);
        assertThat(outcomes.timeouts).hasValue(timeouts.get());
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        await().untilAsserted(() -> {
            assertThat(total.stillRunning()).as("still running, in total").isZero();
            assertThat(attempt.stillRunning()).as("still running attempts").isZero();
            assertThat(timer.pending()).as("alarms that are set").isZero();
        });
        assertThat(timer.rung()).as("alarms that have rung").isPositive();
    }

    private interface Body {
        void run() throws Exception;
    }

    private static final class CountOutcomes implements ResilienceListener {

        private final AtomicInteger heard = new AtomicInteger();

        private final AtomicInteger timeouts = new AtomicInteger();

        @Override
        public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
            heard.incrementAndGet();
            if (outcome == Outcome.TIMEOUT) {
                timeouts.incrementAndGet();
            }
        }
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that goes on although its time is up is counted once, until it ends. */
class LeftRunningTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final CountingLimit limit = CountingLimit.of(Duration.ofSeconds(1));

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(timer.pending()).isZero();
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
        assertThat(Thread.interrupted()).isFalse();
    }

    private static void assertTimedOut(CompletableFuture<?> returned) {
        assertThat(returned.handle((result, failure) -> failure))
                .isCompletedWithValueMatching(CallTimeoutException.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallEndsInTime_thenNothingIsCounted(Way way) throws Exception {
        assertThat(way.run(pipeline(limit, gate), timer, () -> "ok")).isEqualTo("ok");
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
    }

    @Test
    void whenAPlainMethodIsDeaf_thenItCountsUntilItReturns() {
        assertThat(catchThrowable(() -> pipeline(limit, gate).call(() -> {
                    timer.advance(SECOND);
                    assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
                    return "too late";
                })))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
        assertThat(gate.succeeded).as("the permit inside is kept until then").hasValue(1);
    }

    @Test
    void whenAStageStopsOnBeingCancelled_thenItHasEndedAtOnce() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(limit, gate).callAsync(() -> own);
        timer.advance(SECOND);
        assertTimedOut(returned);
        assertThat(own).isCancelled();
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
        assertThat(gate.failed).hasValue(1);
    }

    @Test
    void whenAStageCannotBeCancelled_thenItCountsUntilItCompletes() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletionStage<String> stubborn = own.minimalCompletionStage();
        CompletableFuture<String> returned = pipeline(limit, gate).callAsync(() -> stubborn);
        timer.advance(SECOND);
        assertTimedOut(returned);
        assertThat(gate.failed).as("its permit is free at once").hasValue(1);
        assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
        own.complete("too late");
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
    }

    @Test
    void whenTheMethodIsStillInsideItsBody_thenItsStageIsCancelledOnceItIsThere() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(limit, gate).callAsync(() -> {
            timer.advance(SECOND);
            assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
            assertThat(gate.failed).hasValue(1);
            return own;
        });
        assertTimedOut(returned);
        assertThat(own).isCancelled();
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
    }

    @Test
    void whenTheBodyEndsInSomeOtherWayAfterItsTime_thenItHasEnded() {
        assertTimedOut(pipeline(limit, gate).callAsync(() -> {
            timer.advance(SECOND);
            throw new IllegalStateException("too late");
        }));
        assertTimedOut(pipeline(limit, gate).callAsync(() -> {
            timer.advance(SECOND);
            return null;
        }));
        assertThat(limit.counts()).isEqualTo("2 left, 2 ended");
    }

    @Test
    void whenTotalAndAttemptAreReached_thenOneCallIsCountedOnce() {
        CountingLimit total = CountingLimit.of(Duration.ofSeconds(1));
        List<CompletableFuture<String>> own = new ArrayList<>();
        CompletableFuture<String> returned = pipeline(total, Policies.retry(3), limit, gate)
                .callAsync(() -> {
                    own.add(new CompletableFuture<>());
                    return own.get(own.size() - 1).minimalCompletionStage();
                });
        timer.advance(SECOND);
        assertTimedOut(returned);
        assertThat(own).hasSize(1);
        assertThat(total.left.get() + limit.left.get() - total.ended.get() - limit.ended.get())
                .isEqualTo(1);
        own.get(0).complete("too late");
        assertThat(total.ended).hasValue(total.left.get());
        assertThat(limit.ended).hasValue(limit.left.get());
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT);
    }

    @Test
    void whenEachAttemptIsLeftRunning_thenEachCounts() {
        List<CompletableFuture<String>> own = new ArrayList<>();
        CompletableFuture<String> returned = pipeline(Policies.retry(2), limit, gate)
                .callAsync(() -> {
                    own.add(new CompletableFuture<>());
                    return own.get(own.size() - 1).minimalCompletionStage();
                });
        timer.advance(3 * SECOND);
        assertTimedOut(returned);
        assertThat(limit.counts()).isEqualTo("2 left, 0 ended");
        own.get(0).complete("too late");
        own.get(1).completeExceptionally(new IllegalStateException("too late"));
        assertThat(limit.counts()).isEqualTo("2 left, 2 ended");
        assertThat(gate.failed).hasValue(2);
    }

    @Test
    void whenToldToEndBeforeTheTargetIsEntered_thenNothingIsLeftRunning() {
        Gate slow = new Gate() {
            @Override
            public PolicyId id() {
                return new PolicyId("gate", "slow");
            }

            @Override
            public Permit acquire(Call call) {
                timer.advance(2 * SECOND);
                return gate.acquire(call);
            }
        };
        CompletableFuture<String> returned = pipeline(limit, slow).callAsync(() -> {
            throw new AssertionError("entered");
        });
        assertThat(returned).isCompletedExceptionally();
        assertThat(limit.left).hasValue(limit.ended.get());
        assertThat(journal.attempts).hasValue(0);
    }

    @Test
    @SuppressWarnings("unchecked") // never entered
    void whenAnAttemptIsToldToEndBeforeItsWorkBegins_thenThatWorkHasEnded() {
        AsyncTarget<?> target = StageTarget.OfCallable.INSTANCE;
        AsyncCall call = new AsyncCall(Call.of("call"), (AsyncTarget<Object>) target);
        call.cancel();
        new AsyncDriver(timer.runtime(), new Reporter(journal)).target().run(call, (result, failure) -> {});
        Attempt attempt = (Attempt) call.pending();
        assertThat(attempt.wasEnded()).isTrue();
        assertThat(attempt.whenWorkEnds(() -> {}))
                .as("somebody waits for work that never began")
                .isFalse();
    }

    @Test
    void whenTheAlarmRacesWithTheEntry_thenNothingIsCountedForEver() {
        Timer atOnce = new AtOnce();
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), atOnce, ResilienceListener.NONE))
                .policy(limit)
                .policy(gate)
                .build();
        for (int round = 0; round < 2_000; round++) {
            assertThat(pipeline.callAsync(CompletableFuture::new)).failsWithin(Duration.ofSeconds(10));
        }
        await().untilAsserted(() -> assertThat(limit.ended).hasValue(limit.left.get()));
    }

    /** Rings as soon as there is a thread. */
    private static final class AtOnce implements Timer {

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("stages block no thread");
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return Timer.system().schedule(task, 0);
        }
    }

    @Test
    void whenTheCallerCancels_thenNothingIsLeftRunningForTheLimit() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(limit, gate).callAsync(() -> own.minimalCompletionStage());
        returned.cancel(true);
        timer.advance(SECOND);
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
        assertThat(gate.abandoned).hasValue(1);
    }

    @Test
    void whenTheCallerCancelsAfterTheDeadlineButBeforeTheAlarm_thenItIsACancellation() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(gate, limit).callAsync(() -> own);
        timer.lag(2 * SECOND);
        assertThat(returned.cancel(true)).isTrue();
        assertThat(catchThrowable(returned::join)).isInstanceOf(CancellationException.class);
        assertThat(gate.abandoned).hasValue(1);
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
        assertThat(journal.kinds()).isEmpty();
    }

    @Test
    void whenTotalAndAttemptEndTogether_thenNeitherIsSuppressedInTheOtherForEver() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(
                        Policies.limit("total", Duration.ofSeconds(1)),
                        Policies.limit("attempt", Duration.ofSeconds(5)))
                .callAsync(() -> own);
        timer.advance(SECOND);
        Throwable timeout = catchThrowable(returned::join).getCause();
        assertThat(timeout).isInstanceOf(CallTimeoutException.class).hasNoSuppressedExceptions();
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT);
    }

    @Test
    void whenTheTimerTakesNoTasks_thenTheAlarmEndsTheCallAllTheSame() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(limit, gate).callAsync(() -> own);
        timer.rejecting = true;
        timer.advance(SECOND);
        assertTimedOut(returned);
        assertThat(own).isCancelled();
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
    }

    @ParameterizedTest
    @EnumSource
    void whenCountingThrows_thenTheCallTimesOutAllTheSame(Way way) {
        TimeLimit broken = new TimeLimit() {
            @Override
            public PolicyId id() {
                return new PolicyId("timeout", "broken");
            }

            @Override
            public long limitNanos(Call call) {
                return SECOND;
            }

            @Override
            public void leftRunning(Call call) {
                throw new IllegalStateException("leftRunning");
            }

            @Override
            public void endedLate(Call call) {
                throw new IllegalStateException("endedLate");
            }
        };
        assertThat(catchThrowable(() -> way.run(pipeline(broken, gate), timer, () -> {
                    timer.advance(SECOND);
                    return "too late";
                })))
                .isInstanceOf(CallTimeoutException.class);
    }
}

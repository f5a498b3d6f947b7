package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cuts a wait short: the caller, a limit further out, and gates and timers that are broken. */
class WaitEndingTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate outside = new CountingGate();

    private final AtomicInteger entries = new AtomicInteger();

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private String enter() {
        entries.incrementAndGet();
        return "ok";
    }

    private void assertNeverEntered(WaitingGate gate) {
        assertThat(entries).as("entries of the target").hasValue(0);
        assertThat(gate.withdrawn).as("places withdrawn").hasValue(1);
        assertThat(gate.claimed).as("places claimed").hasValue(0);
        assertThat(gate.waiting).isEmpty();
        assertThat(timer.pending()).as("tasks left in the timer").isZero();
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        Thread.interrupted();
        assertThat(CallThread.deadline()).isNull();
    }

    @Test
    void whenFutureIsCancelled_thenThePlaceIsWithdrawn() {
        for (boolean early : new boolean[] {true, false}) {
            WaitingGate gate = new WaitingGate(SECOND, early);
            CompletableFuture<String> returned =
                    pipeline(outside, Policies.retry(3), gate).callAsync(this::stage);
            assertThat(returned.cancel(true)).isTrue();
            assertNeverEntered(gate);
        }
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 2 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertThat(journal.kinds()).isEmpty();
    }

    private CompletableFuture<String> stage() {
        return CompletableFuture.completedFuture(enter());
    }

    @Test
    void whenCancelledAfterBeingWoken_thenThePlaceIsWithdrawnAllTheSame() {
        WaitingGate gate = new WaitingGate(SECOND, true);
        CompletableFuture<String> returned = pipeline(gate).callAsync(this::stage);
        gate.wake();
        assertThat(gate.claimed).as("claimed on the thread of whoever woke it").hasValue(0);
        returned.cancel(true);
        timer.runAll();
        assertNeverEntered(gate);
        assertThat(returned).isCancelled();
    }

    @Test
    void whenCallerIsInterrupted_thenThePlaceIsWithdrawnAndTheFlagKept() {
        for (boolean early : new boolean[] {true, false}) {
            WaitingGate gate = new WaitingGate(SECOND, early);
            timer.schedule(Thread.currentThread()::interrupt, SECOND / 2);
            Throwable thrown = catchThrowable(
                    () -> pipeline(outside, Policies.fallback(() -> "no"), gate).call(this::enter));
            assertThat(thrown)
                    .isInstanceOf(CallRejectedException.class)
                    .isNotInstanceOf(DeadlineExceededException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertNeverEntered(gate);
        }
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 2 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void whenALimitFurtherOutRingsBeforeTheWaitEnds_thenTheCallIsRefusedAndNotTimedOut(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(SECOND, true);
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(timer, new SlowWaits(timer), journal))
                .policy(outside)
                .policy(Policies.fallback(() -> "instead"))
                .policy(Policies.limit("total", Duration.ofNanos(5)))
                .policy(gate)
                .build();
        assertThat(way.run(pipeline, timer, this::enter)).isEqualTo("instead");
        assertNeverEntered(gate);
        assertThat(journal.kinds()).containsExactly(Kind.REFUSED, Kind.FALLBACK_USED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whenTimerRejectsTasks_thenThePlaceIsWithdrawnAndTheCallerToldSo(Way way) {
        WaitingGate gate = new WaitingGate(SECOND, true);
        Rejecting rejecting = new Rejecting();
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(timer, rejecting, journal))
                .policy(outside)
                .policy(gate)
                .build();
        assertThat(catchThrowable(() -> way.run(pipeline, timer, this::enter)))
                .isInstanceOf(RejectedExecutionException.class);
        assertNeverEntered(gate);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenTimerRejectsTheHandOver_thenTheCallGoesOnAllTheSame() {
        WaitingGate gate = new WaitingGate(SECOND, true);
        CompletableFuture<String> returned = pipeline(gate).callAsync(this::stage);
        timer.rejecting = true;
        gate.wake();
        assertThat(returned).isCompletedWithValue("ok");
        assertThat(gate.permits.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenAPlaceThrowsWhereItMayNot_thenItIsWithdrawnAndTheCallEndsWithThat(Way way) {
        for (String method : List.of("waitNanos", "mayComeEarly", "whenReady")) {
            List<String> endings = new ArrayList<>();
            Gate broken = new BrokenGate(method, endings);
            assertThat(catchThrowable(() -> way.run(pipeline(outside, broken), timer, this::enter)))
                    .as(method)
                    .hasMessage(method);
            assertThat(endings).as(method).containsExactly("withdrawn");
            assertThat(timer.pending()).as(method).isZero();
        }
        assertThat(entries).hasValue(0);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 3 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenClaimThrowsWhatItMayNot_thenTheCallEndsWithThat(Way way) {
        WaitingGate gate = new WaitingGate(SECOND, false, () -> {
            throw new IllegalStateException("claim");
        });
        assertThat(catchThrowable(() -> way.run(pipeline(outside, gate), timer, this::enter)))
                .hasMessage("claim");
        assertThat(entries).hasValue(0);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenWithdrawThrows_thenTheRefusalReachesTheCallerAllTheSame(Way way) {
        Gate broken = new BrokenGate("withdraw", new ArrayList<>());
        Pipeline pipeline = pipeline(outside, Policies.limit("total", Duration.ofNanos(5)), broken);
        assertThat(catchThrowable(() -> way.run(pipeline, timer, this::enter)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(journal.kinds()).containsExactly(Kind.POLICY_FAILED, Kind.REFUSED);
    }

    /** Alarms are punctual, waits are not. */
    private record SlowWaits(HandTimer timer) implements Timer {

        @Override
        public void sleep(long nanos) throws InterruptedException {
            timer.sleep(nanos + 1);
        }

        @Override
        public boolean await(Signal signal, long nanos) throws InterruptedException {
            return timer.await(signal, nanos + 1);
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return timer.schedule(task, delayNanos == 0 ? 0 : delayNanos + 1);
        }

        @Override
        public Alarm alarm(Runnable ring) {
            return timer.alarm(ring);
        }
    }

    private static final class Rejecting implements Timer {

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("nobody sleeps here");
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            throw new RejectedExecutionException("timer is shut down");
        }
    }

    /** Its places throw in one of their methods. */
    private record BrokenGate(String method, List<String> endings) implements Gate {

        @Override
        public PolicyId id() {
            return new PolicyId("bulkhead", "broken");
        }

        @Override
        public Permit acquire(Call call) {
            return new Reservation() {
                @Override
                public long waitNanos() {
                    breakIn("waitNanos");
                    return SECOND;
                }

                @Override
                public boolean mayComeEarly() {
                    breakIn("mayComeEarly");
                    return true;
                }

                @Override
                public void whenReady(Runnable wake) {
                    breakIn("whenReady");
                }

                @Override
                public Permit claim(Call claiming) {
                    endings.add("claimed");
                    return new CountingGate();
                }

                @Override
                public void withdraw(Call leaving) {
                    endings.add("withdrawn");
                    breakIn("withdraw");
                }
            };
        }

        private void breakIn(String place) {
            if (place.equals(method)) {
                throw new IllegalStateException(place);
            }
        }
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener hears of the time that calls wait. */
class WaitedTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final List<String> waits = new CopyOnWriteArrayList<>();

    private final ResilienceListener timed = new Waits(waits, true);

    private Pipeline pipeline(ResilienceListener listener, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(listener));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private Object run(Way way, Policy... policies) throws Exception {
        return way.run(pipeline(timed, policies), timer, () -> "ok");
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallWaitsForAPermit_thenItIsToldOnceForHowLong(Way way) throws Exception {
        run(way, new WaitingGate(3 * SECOND, false));
        assertThat(waits).containsExactly("call bulkhead 'waiting' 3000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenItIsWokenEarly_thenOnlyTheTimeThatItWaitedIsTold(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(3 * SECOND, true);
        timer.schedule(gate::wake, SECOND);
        run(way, gate);
        assertThat(waits).containsExactly("call bulkhead 'waiting' 1000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenAPlaceLeadsToAnother_thenItIsOneWait(Way way) throws Exception {
        WaitingGate second = new WaitingGate(2 * SECOND, false);
        run(way, new WaitingGate(SECOND, true, second::place));
        assertThat(waits).containsExactly("call bulkhead 'waiting' 3000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSecondPlaceLiesBeyondTheDeadline_thenTheWaitForTheFirstIsTold(Way way) {
        WaitingGate second = new WaitingGate(2 * SECOND, false);
        WaitingGate first = new WaitingGate(SECOND, true, second::place);
        assertThat(catchThrowable(() -> run(way, Policies.limit("total", Duration.ofMillis(2500)), first)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(waits).containsExactly("call bulkhead 'waiting' 1000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheGateRefusesAfterTheWait_thenTheWaitIsTold(Way way) {
        WaitingGate gate = new WaitingGate(3 * SECOND, true, () -> {
            throw new BulkheadFullException("call", null);
        });
        assertThat(catchThrowable(() -> run(way, gate))).isInstanceOf(BulkheadFullException.class);
        assertThat(waits).containsExactly("call bulkhead 'waiting' 3000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineEndsTheWait_thenItIsTold(Way way) {
        WaitingGate gate = new WaitingGate(3 * SECOND, true);
        assertThat(catchThrowable(() -> run(way, Policies.limit("total", Duration.ofSeconds(2)), gate)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(waits).containsExactly("call bulkhead 'waiting' 2000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNoTimeToWait_thenThereWasNoWait(Way way) {
        WaitingGate gate = new WaitingGate(3 * SECOND, false);
        assertThat(catchThrowable(() -> run(way, Policies.limit("total", Duration.ofSeconds(2)), gate)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenThePermitIsThere_thenThereWasNoWait(Way way) throws Exception {
        run(way, new CountingGate());
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsRepeated_thenEachBackOffIsTold(Way way) throws Exception {
        AtomicInteger entries = new AtomicInteger();
        way.run(pipeline(timed, Policies.retry(3)), timer, () -> {
            if (entries.incrementAndGet() < 3) {
                throw new IOException("down");
            }
            return "ok";
        });
        assertThat(waits).containsExactly("call retry 'test' 1000 ms", "call retry 'test' 1000 ms");
    }

    @Test
    void whenTheCallerIsInterrupted_thenTheWaitForAPermitIsToldOnce() {
        timer.schedule(Thread.currentThread()::interrupt, SECOND);
        Pipeline guarded = pipeline(timed, new WaitingGate(3 * SECOND, true));
        assertThat(catchThrowable(() -> guarded.call(() -> "ok"))).isInstanceOf(CallRejectedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waits).containsExactly("call bulkhead 'waiting' 1000 ms");
    }

    @Test
    void whenTheCallerIsInterrupted_thenTheBackOffIsToldOnce() {
        timer.schedule(Thread.currentThread()::interrupt, 0);
        Pipeline guarded = pipeline(timed, new Policies.Retry(3, SECOND, failure -> true));
        assertThat(catchThrowable(() -> guarded.call(() -> {
                    throw new IOException("down");
                })))
                .isNotNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waits).containsExactly("call retry 'test' 0 ms");
    }

    @Test
    void whenTheFutureIsCancelled_thenTheWaitForAPermitIsToldOnce() {
        WaitingGate gate = new WaitingGate(3 * SECOND, true);
        CompletableFuture<String> returned =
                pipeline(timed, gate).callAsync(() -> CompletableFuture.completedFuture("ok"));
        timer.advance(SECOND);
        gate.wake();
        returned.cancel(true);
        timer.runAll();
        assertThat(waits).containsExactly("call bulkhead 'waiting' 1000 ms");
    }

    @Test
    void whenTheFutureIsCancelled_thenTheBackOffIsToldOnce() {
        CompletableFuture<String> returned = pipeline(timed, new Policies.Retry(3, 2 * SECOND, failure -> true))
                .callAsync(() -> CompletableFuture.failedFuture(new IOException("down")));
        timer.advance(SECOND);
        returned.cancel(true);
        timer.runAll();
        assertThat(waits).containsExactly("call retry 'test' 1000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void whenAListenerIsNotTimed_thenItIsNotToldEvenIfAnotherIs(Way way) throws Exception {
        List<String> untimed = new CopyOnWriteArrayList<>();
        PolicyRuntime both = timer.runtime(ShieldedListener.shield(List.of(new Waits(untimed, false), timed)));
        Pipeline guarded = Pipeline.named("call")
                .runtime(both)
                .policy(new WaitingGate(SECOND, false))
                .build();
        way.run(guarded, timer, () -> "ok");
        assertThat(untimed).isEmpty();
        assertThat(waits).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyIsTimed_thenNobodyIsTold(Way way) throws Exception {
        way.run(pipeline(new Waits(waits, false), new WaitingGate(SECOND, false)), timer, () -> "ok");
        assertThat(waits).isEmpty();
    }

    private record Waits(List<String> told, boolean timed) implements ResilienceListener {

        @Override
        public void waited(Call call, PolicyId policy, long waitedNanos) {
            told.add(call.name() + " " + policy + " " + Durations.text(waitedNanos));
        }
    }
}

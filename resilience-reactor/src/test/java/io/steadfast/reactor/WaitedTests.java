package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a listener hears of the time that guarded publishers wait. */
class WaitedTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final List<String> waits = new CopyOnWriteArrayList<>();

    private final AtomicInteger subscriptions = new AtomicInteger();

    private Flux<String> guarded(Shape shape, boolean timed, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(new Waits(waits, timed)));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return shape.guard(
                builder.build(),
                () -> Mono.fromCallable(() -> {
                    if (subscriptions.incrementAndGet() == 1) {
                        throw new IOException("down");
                    }
                    return "ok";
                }));
    }

    @ParameterizedTest
    @EnumSource
    void whenAGateAndABackOffMakeItWait_thenEachWaitIsToldOnce(Shape shape) {
        StepVerifier.create(guarded(shape, true, new Policies.SlowRetry(2 * SECOND), new WaitingGate(SECOND, false)))
                .then(() -> timer.advance(4 * SECOND))
                .expectNext("ok")
                .verifyComplete();
        assertThat(waits)
                .containsExactly(
                        "bulkhead 'waiting' " + SECOND, "retry 'slow' " + 2 * SECOND, "bulkhead 'waiting' " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancels_thenTheWaitForAPermitIsToldOnce(Shape shape) {
        WaitingGate gate = new WaitingGate(3 * SECOND, true);
        Disposable subscription = guarded(shape, true, gate).subscribe();
        timer.advance(SECOND);
        gate.wake();
        subscription.dispose();
        timer.advance(3 * SECOND);
        assertThat(waits).containsExactly("bulkhead 'waiting' " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancels_thenTheBackOffIsToldOnce(Shape shape) {
        Disposable subscription =
                guarded(shape, true, new Policies.SlowRetry(3 * SECOND)).subscribe();
        timer.advance(SECOND);
        subscription.dispose();
        timer.advance(3 * SECOND);
        assertThat(waits).containsExactly("retry 'slow' " + SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNoTimeToWait_thenThereWasNoWait(Shape shape) {
        CountingLimit second = new CountingLimit(Duration.ofSeconds(1), false);
        StepVerifier.create(guarded(shape, true, second, new WaitingGate(2 * SECOND, false)))
                .verifyError(DeadlineExceededException.class);
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheListenerIsNotTimed_thenItIsNotTold(Shape shape) {
        StepVerifier.create(guarded(shape, false, new WaitingGate(SECOND, false)))
                .then(() -> timer.advance(SECOND))
                .verifyError(IOException.class);
        assertThat(waits).isEmpty();
    }

    private record Waits(List<String> told, boolean timed) implements ResilienceListener {

        @Override
        public void waited(Call call, PolicyId policy, long waitedNanos) {
            told.add(policy + " " + waitedNanos);
        }
    }
}

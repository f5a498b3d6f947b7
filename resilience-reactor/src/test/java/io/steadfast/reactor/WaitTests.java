package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Gates that have calls wait, and what cuts the wait short. No thread is blocked: the timer of these tests has none to give. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WaitTests {

    private static final long SECOND = 1_000_000_000;

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate outside = new CountingGate();

    private final AtomicInteger subscriptions = new AtomicInteger();

    private Flux<String> guarded(Shape shape, Policy... policies) {
        return guarded(shape, timer.runtime(journal), policies);
    }

    private Flux<String> guarded(Shape shape, PolicyRuntime runtime, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(runtime).policy(outside);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return shape.guard(builder.build(), () -> Mono.fromCallable(() -> "entry " + subscriptions.incrementAndGet()));
    }

    private static CountingLimit limit(Duration length) {
        return new CountingLimit(length, false);
    }

    @AfterEach
    void resetHooks() {
        Hooks.resetOnErrorDropped();
    }

    private void assertNeverEntered(WaitingGate gate) {
        assertThat(subscriptions).hasValue(0);
        assertThat(gate.claimed).hasValue(0);
        assertThat(gate.withdrawn).hasValue(1);
        timer.advance(0); // what is under way already
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenOnlyTimeBringsThePermit_thenItIsClaimedAfterThatTime(Shape shape) {
        WaitingGate gate = new WaitingGate(3 * SECOND, false);
        StepVerifier.create(guarded(shape, gate))
                .then(() -> timer.advance(3 * SECOND - 1))
                .then(() -> assertThat(gate.claimed).hasValue(0))
                .then(() -> timer.advance(1))
                .expectNext("entry 1")
                .verifyComplete();
        assertThat(gate.permits.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenWoken_thenItIsClaimedOnAThreadOfTheTimer(Shape shape) {
        WaitingGate gate = new WaitingGate(Long.MAX_VALUE / 2, true);
        StepVerifier.create(guarded(shape, gate))
                .then(gate::wake)
                .then(() -> assertThat(gate.claimed)
                        .as("claimed on the thread of whoever woke it")
                        .hasValue(0))
                .then(() -> timer.advance(0))
                .expectNext("entry 1")
                .verifyComplete();
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenTimeAloneWouldBringItTooLate_thenTheCallIsRefusedAtOnce(Shape shape) {
        WaitingGate gate = new WaitingGate(SECOND, false);
        StepVerifier.create(guarded(shape, limit(Duration.ofSeconds(1)), gate))
                .verifyError(DeadlineExceededException.class);
        assertNeverEntered(gate);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.kinds).containsExactly(Kind.REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void whenItMayComeEarly_thenTheCallWaitsUntilTheDeadlineAndIsRefused(Shape shape) {
        WaitingGate gate = new WaitingGate(2 * SECOND, true);
        CountingLimit limit = limit(Duration.ofSeconds(1));
        StepVerifier.create(guarded(shape, limit, gate))
                .then(() -> timer.advance(SECOND - 1))
                .then(() -> assertThat(gate.withdrawn).hasValue(0))
                .then(() -> timer.advance(1))
                .verifyError(DeadlineExceededException.class);
        assertNeverEntered(gate);
        assertThat(journal.outcomes).containsExactly(Outcome.REFUSED);
        assertThat(journal.kinds).containsExactly(Kind.REFUSED);
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancels_thenThePlaceIsWithdrawn(Shape shape) {
        for (boolean early : new boolean[] {true, false}) {
            WaitingGate gate = new WaitingGate(SECOND, early);
            Disposable subscription =
                    guarded(shape, new Policies.Retry(3), gate).subscribe();
            subscription.dispose();
            assertNeverEntered(gate);
        }
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 2 abandoned");
        assertThat(journal.kinds).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancelsOnceItWasWoken_thenThePlaceIsWithdrawnAllTheSame(Shape shape) {
        WaitingGate gate = new WaitingGate(SECOND, true);
        Disposable subscription = guarded(shape, gate).subscribe();
        gate.wake();
        subscription.dispose();
        assertNeverEntered(gate);
    }

    @ParameterizedTest
    @EnumSource
    void whenARetryDoesNotFitTheTimeLeft_thenTheFailureStandsWithTheRefusalSuppressed(Shape shape) {
        Policy slow = new Policies.SlowRetry(SECOND);
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(limit(Duration.ofMillis(1500)))
                .policy(slow)
                .build();
        StepVerifier.create(shape.<String>guard(pipeline, () -> Mono.error(new IOException("down"))))
                .then(() -> timer.advance(SECOND))
                .verifyErrorSatisfies(failure ->
                        assertThat(failure.getSuppressed()).anyMatch(DeadlineExceededException.class::isInstance));
        assertThat(journal.kinds).containsExactly(Kind.RETRYING, Kind.RETRY_ABANDONED);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenWakingCancellingAndTheDeadlineMeet_thenEachPlaceEndsOnce(Shape shape) throws Exception {
        Hooks.onErrorDropped(failure -> {}); // outcomes that were under way as the subscriber cancelled
        WaitingGate gate = new WaitingGate(60_000, true);
        PolicyRuntime real = PolicyRuntime.system().withListener(journal);
        int rounds = 1_500;
        for (int round = 1; round <= rounds; round++) {
            Flux<String> guarded = guarded(shape, real, limit(Duration.ofNanos(1 + round % 10 * 10_000)), gate);
            CompletableFuture<String> ended = new CompletableFuture<>();
            Disposable subscription = guarded.doFinally(how -> ended.complete("ended"))
                    .onErrorComplete()
                    .subscribe();
            race(gate::wake, subscription::dispose);
            ended.get(10, TimeUnit.SECONDS);
        }
        assertThat(journal.outcomes).hasSize(rounds);
        assertThat(outside.settled()).isEqualTo(rounds);
        assertThat(gate.endedTwice).hasValue(0);
        assertThat(gate.permits.settled()).isEqualTo(gate.permits.acquired.get());
        assertThat(subscriptions.get()).isLessThanOrEqualTo(gate.claimed.get());
    }

    private static void race(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            await(start);
            other.run();
        });
        await(start);
        one.run();
        second.join();
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}

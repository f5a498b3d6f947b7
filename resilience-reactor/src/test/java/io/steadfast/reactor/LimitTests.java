package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.CallTimeoutException;
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

/** Publishers whose time is up, before, after and while the alarm rings. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitTests {

    private static final long SECOND = 1_000_000_000;

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final AtomicInteger cancellations = new AtomicInteger();

    private final CountingLimit limit = new CountingLimit(Duration.ofSeconds(1), false);

    private Pipeline pipeline(Policy... policies) {
        return pipeline(timer.runtime(journal), policies);
    }

    private static Pipeline pipeline(PolicyRuntime runtime, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(runtime);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private Mono<String> hanging() {
        return Mono.<String>never().doOnCancel(cancellations::incrementAndGet);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        Hooks.resetOnErrorDropped();
        assertThat(timer.pending()).isZero();
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
        assertThat(limit.left).hasValue(limit.ended.get());
    }

    @ParameterizedTest
    @EnumSource
    void whenTimeIsUp_thenTheSubscriptionIsCancelledAndNothingLeftRunning(Shape shape) {
        StepVerifier.create(shape.guard(pipeline(limit, gate), this::hanging))
                .then(() -> timer.advance(SECOND))
                .verifyError(CallTimeoutException.class);
        assertThat(cancellations).hasValue(1);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.TIMEOUT);
        assertThat(journal.kinds).containsExactly(Kind.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheMethodIsStillInsideItsBody_thenWhatItReturnsIsNotSubscribedTo(Shape shape) {
        AtomicInteger subscriptions = new AtomicInteger();
        StepVerifier.create(shape.guard(pipeline(limit, gate), () -> {
                    timer.advance(SECOND);
                    assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
                    return hanging().doOnSubscribe(subscription -> subscriptions.incrementAndGet());
                }))
                .verifyError(CallTimeoutException.class);
        assertThat(subscriptions).hasValue(0);
        assertThat(limit.counts()).isEqualTo("1 left, 1 ended");
    }

    @ParameterizedTest
    @EnumSource
    void whenAFailureIsLate_thenItIsATimeout(Shape shape) {
        IOException down = new IOException("down");
        StepVerifier.create(shape.<String>guard(pipeline(limit, gate), () -> {
                    timer.lag(SECOND);
                    return Mono.error(down);
                }))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(CallTimeoutException.class)
                        .hasSuppressedException(down));
        assertThat(journal.kinds).containsExactly(Kind.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAnswerIsLate_thenItCounts(Shape shape) {
        StepVerifier.create(shape.guard(pipeline(limit, gate), () -> {
                    timer.lag(SECOND);
                    return Mono.just("late, but there");
                }))
                .expectNext("late, but there")
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallIgnoresALateFailure_thenItStaysWhatItIs(Shape shape) {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(limit)
                .policy(gate)
                .ignoring(IOException.class::isInstance)
                .build();
        StepVerifier.create(shape.<String>guard(pipeline, () -> {
                    timer.lag(SECOND);
                    return Mono.error(new IOException("not found"));
                }))
                .verifyErrorMessage("not found");
        assertThat(gate.abandoned).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancelsAfterTheDeadlineButBeforeTheAlarm_thenItIsACancellation(Shape shape) {
        Disposable subscription =
                shape.guard(pipeline(gate, limit), this::hanging).subscribe();
        timer.lag(2 * SECOND);
        subscription.dispose();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
        assertThat(journal.kinds).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTotalAndAttemptEndTogether_thenTheTotalsTimeoutIsTheOneThatIsTold(Shape shape) {
        Pipeline pipeline = pipeline(limit, new CountingLimit(Duration.ofSeconds(5), false), gate);
        StepVerifier.create(shape.guard(pipeline, this::hanging))
                .then(() -> timer.advance(SECOND))
                .verifyErrorSatisfies(timeout -> assertThat(timeout)
                        .isInstanceOf(CallTimeoutException.class)
                        .hasNoSuppressedExceptions());
        assertThat(journal.kinds).containsExactly(Kind.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAttemptTimesOut_thenTheNextHasItsOwnTime(Shape shape) {
        AtomicInteger attempts = new AtomicInteger();
        Pipeline pipeline = pipeline(new Policies.Retry(2), limit, gate);
        StepVerifier.create(
                        shape.guard(pipeline, () -> attempts.incrementAndGet() == 1 ? hanging() : Mono.just("second")))
                .then(() -> timer.advance(SECOND))
                .expectNext("second")
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTimerTakesNoTasks_thenTheAlarmEndsTheCallAllTheSame(Shape shape) {
        StepVerifier.create(shape.guard(pipeline(limit, gate), this::hanging))
                .then(() -> timer.rejecting = true)
                .then(() -> timer.advance(SECOND))
                .verifyError(CallTimeoutException.class);
        assertThat(cancellations).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheMethodBlocksOnASeparateThread_thenTheSubscriberIsLetGo(Shape shape) {
        CountDownLatch release = new CountDownLatch(1);
        CountingLimit separate = new CountingLimit(Duration.ofMillis(20), true);
        Flux<String> guarded = shape.guard(pipeline(PolicyRuntime.system(), separate, gate), () -> {
            release.await();
            return Mono.just("too late");
        });
        StepVerifier.create(guarded).expectError(CallTimeoutException.class).verify(Duration.ofSeconds(30));
        assertThat(separate.counts()).isEqualTo("1 left, 0 ended");
        release.countDown();
        await().untilAsserted(() -> assertThat(separate.counts()).isEqualTo("1 left, 1 ended"));
    }
}

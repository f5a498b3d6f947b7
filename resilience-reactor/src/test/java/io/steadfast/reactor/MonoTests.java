package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.Target;
import io.steadfast.reactor.Policies.Fallback;
import io.steadfast.reactor.Policies.Limit;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class MonoTests {

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final AtomicInteger entries = new AtomicInteger();

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private Mono<String> guarded(Pipeline pipeline, Target<AtomicInteger> target) {
        return ReactorPipelines.mono(pipeline, entries, invocation -> {
            invocation.incrementAndGet();
            return target.proceed(invocation);
        });
    }

    @Test
    void whenNobodySubscribes_thenNothingHappens() {
        guarded(pipeline(gate), invocation -> Mono.just("ok"));
        assertThat(entries).hasValue(0);
        assertThat(gate.acquired).hasValue(0);
    }

    @Test
    void whenSubscribedTwice_thenThereAreTwoCalls() {
        Mono<String> guarded = guarded(pipeline(gate), invocation -> Mono.just("ok"));
        StepVerifier.create(guarded).expectNext("ok").verifyComplete();
        StepVerifier.create(guarded).expectNext("ok").verifyComplete();
        assertThat(entries).hasValue(2);
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
    }

    @Test
    void whenMonoIsTransformed_thenItIsSubscribedToOncePerAttempt() {
        AtomicInteger subscriptions = new AtomicInteger();
        Mono<String> source = Mono.defer(
                () -> subscriptions.incrementAndGet() < 3 ? Mono.error(new IOException("down")) : Mono.just("third"));
        StepVerifier.create(source.transform(ReactorPipelines.mono(pipeline(new Retry(3), gate))))
                .then(timer::runNext)
                .then(timer::runNext)
                .expectNext("third")
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 2 failed, 0 abandoned");
    }

    @Test
    void whenEmpty_thenItIsSuccessAndCompletesEmpty() {
        StepVerifier.create(guarded(pipeline(new Retry(3), gate), invocation -> Mono.empty()))
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @Test
    void whenTargetThrows_thenItIsAFailedAttempt() {
        StepVerifier.create(guarded(pipeline(new Retry(2), gate), invocation -> {
                    throw new IOException("down");
                }))
                .then(timer::runNext)
                .verifyErrorMessage("down");
        assertThat(gate.counts()).isEqualTo("0 succeeded, 2 failed, 0 abandoned");
    }

    @Test
    void whenTargetReturnsNull_thenItIsAFailedAttemptThatSaysSo() {
        StepVerifier.create(guarded(pipeline(gate), invocation -> null))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("The guarded method returned null where a Publisher was expected"));
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenTargetFailsWithVirtualMachineError_thenPermitIsSettledAndSubscriberHears() {
        StepVerifier.create(guarded(pipeline(gate), invocation -> {
                    throw new StackOverflowError();
                }))
                .verifyError(StackOverflowError.class);
        assertThat(gate.failed).hasValue(1);
    }

    @Test
    void whenTargetReturnsAFlux_thenItsFirstElementCountsAndTheRestIsCancelled() {
        StepVerifier.create(
                        guarded(pipeline(gate), invocation -> Flux.range(1, 10).map(String::valueOf)))
                .expectNext("1")
                .verifyComplete();
        assertThat(gate.settled()).isEqualTo(1);
    }

    @Test
    void whenFallbackAnswers_thenPlainValueMonoAndNullAreAccepted() {
        Target<AtomicInteger> down = invocation -> Mono.error(new IOException("down"));
        StepVerifier.create(guarded(pipeline(new Fallback(() -> "plain")), down))
                .expectNext("plain")
                .verifyComplete();
        StepVerifier.create(guarded(pipeline(new Fallback(() -> Mono.just("mono"))), down))
                .expectNext("mono")
                .verifyComplete();
        StepVerifier.create(guarded(pipeline(new Fallback(() -> null)), down)).verifyComplete();
        assertThat(journal.outcomes).containsExactly(Outcome.FALLBACK, Outcome.FALLBACK, Outcome.FALLBACK);
    }

    @Test
    void whenFallbackFails_thenItsFailureHasTheOriginalSuppressed() {
        IOException original = new IOException("down");
        Fallback fallback = new Fallback(() -> Mono.error(new IllegalStateException("fallback")));
        StepVerifier.create(guarded(pipeline(fallback), invocation -> Mono.error(original)))
                .verifyErrorSatisfies(
                        failure -> assertThat(failure).hasMessage("fallback").hasSuppressedException(original));
    }

    @Test
    void whenSubscriberHasAContext_thenEachAttemptAndTheFallbackSeeIt() {
        List<String> seen = new ArrayList<>();
        Mono<String> look = Mono.deferContextual(context -> {
            seen.add(context.get("user"));
            return Mono.error(new IOException("down"));
        });
        Fallback fallback = new Fallback(() -> Mono.deferContextual(context -> Mono.just(context.<String>get("user"))));
        StepVerifier.create(guarded(pipeline(fallback, new Retry(2)), invocation -> look)
                        .contextWrite(context -> context.put("user", "ada")))
                .then(timer::runNext)
                .expectNext("ada")
                .verifyComplete();
        assertThat(seen).containsExactly("ada", "ada");
    }

    @Test
    void whenCancelledWhileItRuns_thenWorkIsCancelledAndPermitAbandoned() {
        TestPublisher<String> source = TestPublisher.create();
        StepVerifier.create(guarded(pipeline(new Retry(3), gate), invocation -> source.mono()))
                .then(source::assertWasSubscribed)
                .thenCancel()
                .verify();
        source.assertCancelled();
        assertThat(entries).hasValue(1);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenCancelledWhileARetryWaits_thenTheRetryIsTakenBack() {
        StepVerifier.create(guarded(pipeline(new Retry(3), gate), invocation -> Mono.error(new IOException("down"))))
                .then(() -> assertThat(timer.pending()).isEqualTo(1))
                .thenCancel()
                .verify();
        assertThat(timer.pending()).isZero();
        assertThat(entries).hasValue(1);
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenCancelledInOnSubscribe_thenNothingIsEntered() {
        guarded(pipeline(gate), invocation -> Mono.just("never")).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });
        assertThat(entries).hasValue(0);
        assertThat(gate.acquired).hasValue(0);
    }

    @Test
    void whenCancelledAfterSuccess_thenNothingChanges() {
        List<Subscription> subscription = new ArrayList<>();
        StepVerifier.create(
                        guarded(pipeline(gate), invocation -> Mono.just("ok")).doOnSubscribe(subscription::add))
                .expectNext("ok")
                .verifyComplete();
        subscription.get(0).cancel();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenValueIsAskedForLate_thenItWaitsForTheDemand() {
        StepVerifier.create(guarded(pipeline(gate), invocation -> Mono.just("ok")), 0)
                .expectSubscription()
                .then(() -> assertThat(gate.succeeded).hasValue(1))
                .thenRequest(1)
                .expectNext("ok")
                .verifyComplete();
    }

    @Test
    void whenCancelledBeforeTheValueIsAskedFor_thenTheValueIsDiscarded() {
        StepVerifier.create(guarded(pipeline(gate), invocation -> Mono.just("ok")), 0)
                .expectSubscription()
                .then(() -> assertThat(gate.succeeded).hasValue(1))
                .thenCancel()
                .verifyThenAssertThat()
                .hasDiscardedExactly("ok");
    }

    @Test
    void whenSubscriberHears_thenPermitIsSettledAndListenerHasHeard() {
        Sinks.One<String> source = Sinks.one();
        StepVerifier.create(
                        guarded(pipeline(gate), invocation -> source.asMono()).doOnNext(value -> {
                            assertThat(gate.succeeded).hasValue(1);
                            assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
                        }))
                .then(() -> source.tryEmitValue("ok"))
                .expectNext("ok")
                .verifyComplete();
    }

    @Test
    void whenTimeRunsOut_thenWorkIsCancelledAndLateValueIsDiscarded() {
        TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(guarded(pipeline(new Limit(), gate), invocation -> source.mono()))
                .then(() -> timer.advance(Limit.NANOS))
                .verifyError(CallTimeoutException.class);
        source.assertCancelled();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }
}

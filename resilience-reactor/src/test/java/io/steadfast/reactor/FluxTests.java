package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.reactor.Policies.Fallback;
import io.steadfast.reactor.Policies.Limit;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class FluxTests {

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

    private Flux<Integer> guarded(Pipeline pipeline, Supplier<Publisher<Integer>> target) {
        return ReactorPipelines.flux(pipeline, entries, invocation -> {
            invocation.incrementAndGet();
            return target.get();
        });
    }

    private static Flux<Integer> failing() {
        return Flux.error(new IOException("down"));
    }

    @Test
    void whenElementsFlow_thenTheyPassWithBackpressureAndPermitIsHeldUntilTheEnd() {
        StepVerifier.create(guarded(pipeline(gate), () -> Flux.range(1, 4)), 1)
                .expectNext(1)
                .then(() -> assertThat(gate.settled()).isZero())
                .thenRequest(2)
                .expectNext(2, 3)
                .thenRequest(1)
                .expectNext(4)
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenUnderNoDemand_thenSourceIsAskedForNothing() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(guarded(pipeline(gate), () -> source), 0)
                .then(source::assertWasSubscribed)
                .then(source::assertWasNotRequested)
                .thenRequest(3)
                .then(() -> source.assertMinRequested(3))
                .then(() -> source.assertMaxRequested(3))
                .thenCancel()
                .verify();
    }

    @Test
    void whenItFailsBeforeTheFirstElement_thenItIsRetriedWithTheDemandThatIsLeft() {
        TestPublisher<Integer> second = TestPublisher.create();
        StepVerifier.create(guarded(pipeline(new Retry(2), gate), () -> entries.get() == 1 ? failing() : second), 2)
                .then(timer::runNext)
                .then(() -> second.assertMaxRequested(2))
                .then(() -> second.next(1, 2))
                .expectNext(1, 2)
                .thenRequest(5)
                .then(() -> second.assertMaxRequested(5))
                .then(second::complete)
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenItFailsAfterTheFirstElement_thenTheFailureStands() {
        Fallback fallback = new Fallback(() -> Flux.just(9));
        StepVerifier.create(guarded(pipeline(fallback, new Retry(3), gate), () -> Flux.concat(Mono.just(1), failing())))
                .expectNext(1)
                .verifyErrorMessage("down");
        assertThat(entries).hasValue(1);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.FAILURE);
    }

    @Test
    void whenPolicyActsAfterTheFirstElement_thenDemandIsKeptAcrossAttempts() {
        Retry retry = new Retry(2, true);
        List<Long> requests = new ArrayList<>();
        Supplier<Publisher<Integer>> source = () -> entries.get() == 1
                ? Flux.concat(Flux.just(1, 2), failing()).doOnRequest(requests::add)
                : Flux.range(1, 10).doOnRequest(requests::add);
        StepVerifier.create(guarded(pipeline(retry, gate), source), 5)
                .expectNext(1, 2)
                .then(timer::runNext)
                .expectNext(1, 2, 3)
                .thenRequest(1)
                .expectNext(4)
                .thenCancel()
                .verify();
        assertThat(requests).containsExactly(5L, 3L, 1L);
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenCancelledAfterTheFirstElement_thenItCountsAsSuccess() {
        StepVerifier.create(guarded(pipeline(gate), () -> Flux.range(1, 10)).take(2))
                .expectNext(1, 2)
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenCancelledBeforeTheFirstElement_thenItIsAbandoned() {
        StepVerifier.create(guarded(pipeline(gate), Flux::never))
                .then(() -> assertThat(gate.acquired).hasValue(1))
                .thenCancel()
                .verify();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenEndlessSourceIsCancelledInsideOnNext_thenItStops() {
        Flux<Integer> endless = Flux.generate(() -> 0, (state, sink) -> {
            sink.next(state);
            return state + 1;
        });
        StepVerifier.create(guarded(pipeline(gate), () -> endless).takeUntil(element -> element == 99))
                .expectNextCount(100)
                .verifyComplete();
        assertThat(gate.succeeded).hasValue(1);
    }

    @Test
    void whenFallbackAnswers_thenPlainValuePublisherAndNullAreAccepted() {
        StepVerifier.create(guarded(pipeline(new Fallback(() -> 7)), FluxTests::failing))
                .expectNext(7)
                .verifyComplete();
        StepVerifier.create(guarded(pipeline(new Fallback(() -> Flux.just(7, 8))), FluxTests::failing), 1)
                .expectNext(7)
                .thenRequest(1)
                .expectNext(8)
                .verifyComplete();
        StepVerifier.create(guarded(pipeline(new Fallback(() -> null)), FluxTests::failing))
                .verifyComplete();
        assertThat(journal.outcomes).containsExactly(Outcome.FALLBACK, Outcome.FALLBACK, Outcome.FALLBACK);
    }

    @Test
    void whenTimeRunsOutBetweenElements_thenSourceIsCancelledAndErrorFollowsElements() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(guarded(pipeline(new Limit(), gate), () -> source))
                .then(() -> source.next(1))
                .expectNext(1)
                .then(() -> timer.advance(Limit.NANOS))
                .verifyError(CallTimeoutException.class);
        source.assertCancelled();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenTimeRunsOutInsideOnNext_thenErrorWaitsForTheSubscriberToReturn() {
        TestPublisher<Integer> source = TestPublisher.create();
        List<String> signals = new ArrayList<>();
        guarded(pipeline(new Limit(), gate), () -> source)
                .subscribe(
                        element -> {
                            timer.advance(Limit.NANOS);
                            signals.add("element " + element);
                        },
                        failure -> signals.add(failure.getClass().getSimpleName()));
        source.next(1);
        assertThat(signals).containsExactly("element 1", "CallTimeoutException");
    }

    @Test
    void whenElementsAreRequestedInsideOnNext_thenAllArriveInOrder() {
        StepVerifier.create(
                        guarded(pipeline(gate), () -> Flux.range(0, 100_000)).limitRate(1))
                .expectNextSequence(Flux.range(0, 100_000).toIterable())
                .verifyComplete();
    }

    @Test
    void whenFusionIsAskedFor_thenThereIsNone() {
        StepVerifier.create(guarded(pipeline(gate), () -> Flux.range(1, 3)))
                .expectNoFusionSupport()
                .expectNext(1, 2, 3)
                .verifyComplete();
        assertThat(guarded(pipeline(), Flux::never)).isNotInstanceOf(Fuseable.class);
    }

    @Test
    void whenFluxIsTransformed_thenItIsGuarded() {
        StepVerifier.create(Flux.range(1, 3).transform(ReactorPipelines.flux(pipeline(gate))))
                .expectNext(1, 2, 3)
                .verifyComplete();
        assertThat(gate.succeeded).hasValue(1);
    }

    @Test
    void whenSubscriberHearsTheEnd_thenPermitIsSettledAndListenerHasHeard() {
        StepVerifier.create(guarded(pipeline(gate), () -> Flux.range(1, 3)).doOnComplete(() -> {
                    assertThat(gate.succeeded).hasValue(1);
                    assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
                }))
                .expectNextCount(3)
                .verifyComplete();
    }

    @Test
    void whenSubscriberHasAContext_thenEachAttemptSeesIt() {
        Flux<Integer> look = Flux.deferContextual(
                context -> entries.get() == 1 ? failing() : Flux.just(context.<Integer>get("answer")));
        StepVerifier.create(
                        guarded(pipeline(new Retry(2)), () -> look).contextWrite(context -> context.put("answer", 42)))
                .then(timer::runNext)
                .expectNext(42)
                .verifyComplete();
    }
}

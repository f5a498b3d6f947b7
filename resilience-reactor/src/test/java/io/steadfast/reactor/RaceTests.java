package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Publishers that run beside each other. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RaceTests {

    private static final int ROUNDS = 1_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final CountingGate outer = new CountingGate();

    private final List<TestPublisher<String>> sources = new CopyOnWriteArrayList<>();

    private final List<Object> discarded = new CopyOnWriteArrayList<>();

    /** Lets a second attempt begin after a while; an answer of "bad" decides nothing. */
    private record Hedging(long delayNanos) implements Race {

        @Override
        public PolicyId id() {
            return new PolicyId("hedge", "test");
        }

        @Override
        public long delayNanos(Call call, int started) {
            return started == 1 ? delayNanos : NEVER;
        }

        @Override
        public boolean mayStart(Call call, int started) {
            return true;
        }

        @Override
        public boolean decides(Call call, Object result, Throwable failure) {
            return failure == null && !"bad".equals(result);
        }
    }

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private TestPublisher<String> begin() {
        TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        sources.add(source);
        return source;
    }

    private Flux<String> flux(Policy... policies) {
        Pipeline pipeline = pipeline(policies);
        return ReactorPipelines.<Object, String>flux(pipeline, "", invocation -> begin().flux())
                .doOnDiscard(Object.class, discarded::add);
    }

    private Mono<String> mono(Policy... policies) {
        Pipeline pipeline = pipeline(policies);
        return ReactorPipelines.<Object, String>mono(pipeline, "", invocation -> begin().flux())
                .doOnDiscard(Object.class, discarded::add);
    }

    @Test
    void whenTheSecondFluxEmitsFirst_thenItGoesOnAloneAndTheFirstIsCancelled() {
        StepVerifier.create(flux(outer, new Hedging(10), gate), 5)
                .then(timer::runNext)
                .then(() -> sources.get(1).next("a"))
                .expectNext("a")
                .then(() -> sources.get(0).assertCancelled())
                .then(() -> assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned"))
                .then(() -> sources.get(0).next("late"))
                .then(() -> sources.get(1).next("b", "c").complete())
                .expectNext("b", "c")
                .verifyComplete();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
        assertThat(outer.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenTheFirstFluxEmitsFirst_thenTheSecondIsCancelled() {
        StepVerifier.create(flux(new Hedging(10), gate))
                .then(timer::runNext)
                .then(() -> sources.get(0).next("a"))
                .expectNext("a")
                .then(() -> sources.get(1).assertCancelled())
                .then(() -> sources.get(0).complete())
                .verifyComplete();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenTheFirstElementCameInTime_thenNoSecondFluxIsStarted() {
        StepVerifier.create(flux(new Hedging(10), gate))
                .then(() -> sources.get(0).next("a"))
                .expectNext("a")
                .then(() -> assertThat(timer.pending()).isZero())
                .then(() -> sources.get(0).complete())
                .verifyComplete();
    }

    @Test
    void whenMoreIsAskedForBeforeTheFirstElement_thenBothFluxesAreAsked() {
        StepVerifier.create(flux(new Hedging(10), gate), 0)
                .then(timer::runNext)
                .thenRequest(2)
                .then(() -> sources.forEach(source -> source.assertMinRequested(2)))
                .then(() -> sources.get(1).next("a", "b"))
                .expectNext("a", "b")
                .thenRequest(1)
                .then(() -> sources.get(1).next("c").complete())
                .expectNext("c")
                .verifyComplete();
    }

    @Test
    void whenTheWinnerFailsAfterElements_thenItsFailureIsTheCalls() {
        StepVerifier.create(flux(new Retry(3), new Hedging(10), gate))
                .then(timer::runNext)
                .then(() -> sources.get(1).next("a").error(new IOException("broke off")))
                .expectNext("a")
                .verifyErrorMessage("broke off");
        assertThat(sources).hasSize(2);
    }

    @Test
    void whenARetryRepeatsAStream_thenEachRaceTakesUpTheDemandThatIsLeft() {
        StepVerifier.create(flux(new Retry(2, true), new Hedging(10), gate), 3)
                .then(timer::runNext)
                .then(() -> sources.get(1).next("a").error(new IOException("broke off")))
                .expectNext("a")
                .then(timer::runNext)
                .then(timer::runNext)
                .then(() -> assertThat(sources).hasSize(4))
                .then(() -> sources.subList(2, 4).forEach(source -> source.assertMaxRequested(2)))
                .then(() -> sources.get(2).next("b").complete())
                .expectNext("b")
                .verifyComplete();
    }

    @Test
    void whenTheSubscriberCancelsAfterAnElement_thenItWasServed() {
        StepVerifier.create(flux(outer, new Hedging(10), gate))
                .then(timer::runNext)
                .then(() -> sources.get(0).next("a"))
                .expectNext("a")
                .thenCancel()
                .verify();
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
        assertThat(outer.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void whenAnAnswerThatDecidedNothingIsNotTaken_thenItIsDiscarded() {
        StepVerifier.create(mono(new Hedging(10), gate))
                .then(timer::runNext)
                .then(() -> sources.get(0).next("bad"))
                .then(() -> sources.get(1).next("good"))
                .expectNext("good")
                .verifyComplete();
        assertThat(discarded).containsExactly("bad");
    }

    @Test
    void whenTheLosersElementIsLate_thenItIsDiscardedOrDropped() {
        StepVerifier.create(mono(new Hedging(10), gate))
                .then(timer::runNext)
                .then(() -> sources.get(1).next("good"))
                .then(() -> sources.get(0).next("late"))
                .expectNext("good")
                .verifyComplete();
        assertThat(discarded).containsExactly("late");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
    }

    /** Real threads: both attempts begin and emit at once. */
    @Test
    void whenBothEmitAtOnce_thenElementsAreOfOneAttemptAndEveryPermitIsSettled() throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), ResilienceListener.NONE))
                .policy(outer)
                .policy(new Hedging(0))
                .policy(gate)
                .build();
        for (int round = 0; round < ROUNDS; round++) {
            List<String> got = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> end = new CompletableFuture<>();
            ReactorPipelines.<Object, String>flux(pipeline, "", invocation -> {
                        String name = Thread.currentThread().getName();
                        return Flux.just(name, name, name).publishOn(Schedulers.parallel());
                    })
                    .doFinally(signal -> end.complete(null))
                    .subscribe(got::add);
            end.get(10, TimeUnit.SECONDS);
            assertThat(got).hasSize(3);
            assertThat(got).containsOnly(got.get(0));
        }
        assertThat(outer.succeeded).hasValue(ROUNDS);
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
    }

    /** Real threads: elements are asked for one by one, and every other subscriber has enough after the first. */
    @Test
    void whenSubscribersAskForOneAtATimeOrLeave_thenTheyGetWhatTheyAskedForAndEveryPermitIsSettled() throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), ResilienceListener.NONE))
                .policy(outer)
                .policy(new Hedging(0))
                .policy(gate)
                .build();
        for (int round = 0; round < ROUNDS; round++) {
            int wanted = round % 2 == 0 ? 1 : 3;
            Flux<Integer> source = ReactorPipelines.flux(
                    pipeline, "", invocation -> Flux.just(1, 2, 3).publishOn(Schedulers.parallel(), 1));
            List<Integer> got = source.limitRate(1).take(wanted).collectList().block(Duration.ofSeconds(10));
            assertThat(got).isEqualTo(List.of(1, 2, 3).subList(0, wanted));
            assertThat(pipelineOfEmpty(pipeline).block(Duration.ofSeconds(10))).isEmpty();
        }
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(gate.acquired.get()));
        assertThat(outer.succeeded).hasValue(2 * ROUNDS);
    }

    private static Mono<List<Integer>> pipelineOfEmpty(Pipeline pipeline) {
        return ReactorPipelines.<Object, Integer>flux(pipeline, "", invocation -> Flux.empty())
                .collectList();
    }
}

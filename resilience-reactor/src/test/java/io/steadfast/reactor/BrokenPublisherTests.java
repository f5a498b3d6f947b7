package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.steadfast.core.Pipeline;
import io.steadfast.reactor.Policies.Limit;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

/** Publishers that break the rules of Reactive Streams break no permit and no subscriber. */
class BrokenPublisherTests {

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    enum Way {
        MONO,
        FLUX;

        Publisher<String> guard(Pipeline pipeline, Publisher<String> source) {
            return this == MONO
                    ? ReactorPipelines.<Object, String>mono(pipeline, this, invocation -> source)
                    : ReactorPipelines.<Object, String>flux(pipeline, this, invocation -> source);
        }
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final Pipeline pipeline = Pipeline.named("call")
            .runtime(timer.runtime(journal))
            .policy(new Retry(1))
            .policy(gate)
            .build();

    /** A source that has the signature of a Mono but keeps none of its promises. */
    private static Mono<String> raw(Consumer<Subscriber<? super String>> signals) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super String> actual) {
                signals.accept(actual);
            }
        };
    }

    private void assertSettledOnce() {
        assertThat(gate.acquired).hasValue(1);
        assertThat(gate.settled()).isEqualTo(1);
        assertThat(journal.outcomes).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenSignalsFollowTheEnd_thenTheyGoToTheHooks(Way way) {
        Publisher<String> source = raw(subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            subscriber.onNext("first");
            subscriber.onComplete();
            subscriber.onNext("late");
            subscriber.onError(new IOException("late failure"));
            subscriber.onComplete();
        });
        StepVerifier.create(way.guard(pipeline, source))
                .expectNext("first")
                .expectComplete()
                .verifyThenAssertThat()
                .hasDropped("late")
                .hasDroppedErrorWithMessage("late failure");
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenNullIsEmitted_thenItIsAFailure(Way way) {
        Publisher<String> source = raw(subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            subscriber.onNext(null);
        });
        StepVerifier.create(way.guard(pipeline, source)).verifyError(NullPointerException.class);
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscribeThrows_thenItIsAFailure(Way way) {
        Publisher<String> source = raw(subscriber -> {
            throw new IllegalStateException("cannot subscribe");
        });
        StepVerifier.create(way.guard(pipeline, source)).verifyErrorMessage("cannot subscribe");
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenItSignalsWithoutASubscription_thenTheSignalsCount(Way way) {
        StepVerifier.create(way.guard(pipeline, raw(subscriber -> subscriber.onError(new IOException("early")))))
                .verifyErrorMessage("early");
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenItSubscribesTwice_thenTheSecondIsCancelled(Way way) {
        TestPublisher<String> second = TestPublisher.create();
        Publisher<String> source = raw(subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            second.subscribe(subscriber);
            subscriber.onNext("ok");
            subscriber.onComplete();
        });
        StepVerifier.create(way.guard(pipeline, source)).expectNext("ok").verifyComplete();
        second.assertCancelled();
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenCancelThrows_thenPermitIsSettledAllTheSame(Way way) {
        Publisher<String> source = raw(subscriber -> subscriber.onSubscribe(new SilentSubscription() {
            @Override
            public void cancel() {
                throw new IllegalStateException("cancel is broken");
            }
        }));
        StepVerifier.create(way.guard(pipeline, source))
                .then(() -> assertThat(gate.acquired).hasValue(1))
                .thenCancel()
                .verify();
        assertThat(gate.abandoned).hasValue(1);
        assertSettledOnce();
    }

    @Test
    void whenMoreArrivesThanWasAskedFor_thenDemandIsNotCountedTwice() {
        TestPublisher<String> source = TestPublisher.createNoncompliant(Violation.REQUEST_OVERFLOW);
        Flux<String> guarded = Flux.from(Way.FLUX.guard(pipeline, source));
        StepVerifier.create(guarded.onBackpressureBuffer(), 1)
                .then(() -> source.next("a", "b", "c"))
                .expectNext("a")
                .thenRequest(2)
                .expectNext("b", "c")
                .then(source::complete)
                .verifyComplete();
        assertSettledOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whenSourceIgnoresCancellation_thenLateSignalsReachNobody(Way way) {
        Pipeline limited = Pipeline.named("call")
                .runtime(timer.runtime(journal))
                .policy(new Limit())
                .policy(gate)
                .build();
        TestPublisher<String> source = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION);
        StepVerifier.create(way.guard(limited, source))
                .then(() -> timer.advance(Limit.NANOS))
                .then(() -> source.next("late"))
                .expectErrorMatches(failure -> failure.getMessage().contains("limit"))
                .verify();
        assertSettledOnce();
    }

    @Test
    void whenRequestIsNotPositive_thenItIsNoDemand() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Stream.of(Way.values())
                .forEach(way -> way.guard(pipeline, Flux.just("a").doOnRequest(requests::add))
                        .subscribe(new BaseSubscriber<>() {
                            @Override
                            protected void hookOnSubscribe(Subscription subscription) {
                                subscription.request(0);
                                subscription.request(-1);
                            }

                            @Override
                            protected void hookOnNext(String value) {
                                throw new AssertionError("nobody asked for " + value);
                            }
                        }));
        assertThat(requests).allMatch(request -> request > 0);
    }

    private abstract static class SilentSubscription implements Subscription {
        @Override
        public void request(long n) {}
    }
}

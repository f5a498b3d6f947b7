package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.reactor.Policies.Fallback;
import io.steadfast.reactor.Policies.Limit;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** A subscriber that the JVM fails throws at whoever runs the publisher, with a guard as without. */
@Timeout(10)
class FatalSubscriberTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    enum Fatal {
        LINKAGE(new NoClassDefFoundError("gone")),
        STACK(new StackOverflowError("deep"));

        private final Error error;

        Fatal(Error error) {
            this.error = error;
        }

        <A, B> B fail(A ignored) {
            throw error;
        }
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final Pipeline pipeline = pipeline(new Retry(3, true), new Limit(), gate);

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static <P> void assertThrownAsWithoutGuard(
            Fatal fatal, P source, Function<P, P> guard, Function<P, ?> subscribe) {
        assertThat(catchThrowable(() -> subscribe.apply(source))).isSameAs(fatal.error);
        assertThat(catchThrowable(() -> subscribe.apply(guard.apply(source)))).isSameAs(fatal.error);
    }

    private void assertSettled(String counts) {
        assertThat(gate.acquired).hasValue(1);
        assertThat(gate.counts()).isEqualTo(counts);
        assertThat(journal.outcomes).hasSize(1);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberOfMonoThrowsAtTheElement_thenCallerGetsItAndPermitIsSettled(Fatal fatal) {
        assertThrownAsWithoutGuard(
                fatal,
                Mono.just("x"),
                ReactorPipelines.mono(pipeline),
                mono -> mono.map(fatal::fail).block(PATIENCE));
        assertSettled("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberOfMonoThrowsAtTheFailure_thenCallerGetsItAndPermitIsSettled(Fatal fatal) {
        assertThrownAsWithoutGuard(
                fatal,
                Mono.<String>error(new IOException("down")),
                ReactorPipelines.mono(pipeline(gate)),
                mono -> mono.onErrorResume(fatal::fail).block(PATIENCE));
        assertSettled("0 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberOfFluxThrowsAtAnElement_thenCallerGetsItAndPermitIsSettled(Fatal fatal) {
        assertThrownAsWithoutGuard(
                fatal,
                Flux.just("x", "y"),
                ReactorPipelines.flux(pipeline),
                flux -> flux.map(fatal::fail).blockLast(PATIENCE));
        assertSettled("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberOfFluxThrowsAtTheFailure_thenCallerGetsItAndPermitIsSettled(Fatal fatal) {
        assertThrownAsWithoutGuard(
                fatal,
                Flux.<String>error(new IOException("down")),
                ReactorPipelines.flux(pipeline(gate)),
                flux -> flux.onErrorResume(fatal::fail).blockLast(PATIENCE));
        assertSettled("0 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberThrowsAtAReplacement_thenCallerGetsItAndPermitIsSettled(Fatal fatal) {
        Pipeline replacing = pipeline(gate, new Fallback(() -> Mono.just("instead")));
        Mono<String> down = Mono.error(new IOException("down"));
        assertThatThrownBy(() -> down.transform(ReactorPipelines.mono(replacing))
                        .map(fatal::fail)
                        .block(PATIENCE))
                .isSameAs(fatal.error);
        assertThatThrownBy(() -> down.flux()
                        .transform(ReactorPipelines.flux(replacing))
                        .map(fatal::fail)
                        .blockLast(PATIENCE))
                .isSameAs(fatal.error);
        assertThat(gate.counts()).isEqualTo("2 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whenGuardsAreNested_thenEachSettlesItsPermitOnce(Fatal fatal) {
        assertThrownAsWithoutGuard(
                fatal,
                Flux.just("x", "y"),
                flux -> flux.transform(ReactorPipelines.flux(pipeline)).transform(ReactorPipelines.flux(pipeline)),
                flux -> flux.map(fatal::fail).blockLast(PATIENCE));
        assertThat(gate.counts()).isEqualTo("2 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.outcomes).hasSize(2);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenRetryRunsOnTheTimer_thenTheTimersThreadGetsIt(Fatal fatal) {
        List<Mono<String>> attempts = List.of(Mono.error(new IOException("down")), Mono.just("x"));
        ReactorPipelines.mono(pipeline, attempts.iterator(), next -> next.next())
                .map(fatal::fail)
                .subscribe();
        assertThatThrownBy(timer::runNext).isSameAs(fatal.error);
        assertThat(gate.counts()).isEqualTo("1 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenSubscriberThrowsAtAnElementItAskedForLater_thenItsRequestThrowsAndPermitIsSettled(Fatal fatal) {
        BaseSubscriber<Object> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // asks later
            }
        };
        Flux.just("x", "y")
                .transform(ReactorPipelines.flux(pipeline))
                .map(fatal::fail)
                .subscribe(subscriber);
        assertThatThrownBy(() -> subscriber.request(1)).isSameAs(fatal.error);
        assertSettled("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenPublisherGoesOnAfterwards_thenTheSubscriberIsLeftAloneAndThePermitIsBack(Fatal fatal) {
        TestPublisher<String> source = TestPublisher.create();
        List<String> received = new ArrayList<>();
        source.flux()
                .transform(ReactorPipelines.flux(pipeline))
                .map(element -> element.equals("bad") ? fatal.<String, String>fail(element) : element)
                .subscribe(received::add, failure -> received.add("failed"), () -> received.add("completed"));
        source.next("first");
        assertThatThrownBy(() -> source.next("bad")).isSameAs(fatal.error);
        source.assertCancelled();
        source.next("last");
        source.complete();
        assertThat(received).containsExactly("first");
        assertSettled("1 succeeded, 0 failed, 0 abandoned");
    }

    @Test
    void whenPublisherItselfFailsFatally_thenItIsAFailureOfTheCall() {
        Flux<String> broken = Flux.<String>defer(() -> Flux.just("x")).map(Fatal.LINKAGE::fail);
        List<Throwable> failures = new ArrayList<>();
        broken.transform(ReactorPipelines.flux(pipeline(gate))).subscribe(element -> {}, failures::add);
        assertThat(failures).containsExactly(Fatal.LINKAGE.error);
        assertSettled("0 succeeded, 1 failed, 0 abandoned");
    }
}

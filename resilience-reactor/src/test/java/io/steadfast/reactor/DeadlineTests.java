package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** A deadline flows to what is subscribed to inside a guarded publisher, by the context, and to nothing else. */
class DeadlineTests {

    private static final long SECOND = 1_000_000_000;

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final List<Optional<Duration>> seen = new CopyOnWriteArrayList<>();

    private Pipeline pipeline(String name, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named(name).runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static Policy limit(long seconds) {
        return new CountingLimit(Duration.ofSeconds(seconds), false);
    }

    private static Optional<Duration> seconds(long seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static Optional<Duration> left(ContextView context) {
        return context.<Deadline>getOrEmpty(Deadline.CONTEXT_KEY).map(Deadline::left);
    }

    /** Notes the deadline in the context of whoever subscribes. */
    private Mono<String> look() {
        return Mono.deferContextual(context -> {
            seen.add(left(context));
            return Mono.just("ok");
        });
    }

    @AfterEach
    void threadHasNoneAfterwards() {
        assertThat(Deadline.current()).isEmpty();
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenAGuardedPublisherIsInside_thenTheEarlierDeadlineCountsOnWhateverThread(Shape shape) {
        Pipeline shorter = pipeline("shorter", limit(2));
        Pipeline longer = pipeline("longer", limit(9));
        Flux<String> outer = shape.guard(
                pipeline("outer", limit(5)),
                () -> Mono.just("start")
                        .publishOn(Schedulers.parallel())
                        .flatMap(start -> shape.guard(shorter, this::look).next())
                        .publishOn(Schedulers.single())
                        .flatMap(start -> shape.guard(longer, this::look).next())
                        .flatMap(start -> look()));
        StepVerifier.create(outer).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly(seconds(2), seconds(5), seconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void whenNothingIsLeft_thenACallInsideIsRefusedAndNoGateAsked(Shape shape) {
        CountingGate gate = new CountingGate();
        Pipeline inner = pipeline("inner", gate);
        Flux<String> outer = shape.guard(
                pipeline("outer", limit(1)),
                () -> Mono.fromRunnable(() -> timer.lag(SECOND))
                        .then(shape.guard(inner, this::look).next())
                        .onErrorResume(
                                DeadlineExceededException.class,
                                refusal -> Mono.just(refusal.callName() + " refused")));
        StepVerifier.create(outer).expectNext("inner refused").verifyComplete();
        assertThat(gate.acquired).hasValue(0);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheContextBringsADeadline_thenItCountsBesideThatOfTheThread(Shape shape) throws Exception {
        Pipeline bare = pipeline("bare");
        Flux<String> guarded = shape.guard(bare, this::look);
        Context three = Context.of(Deadline.CONTEXT_KEY, Deadline.in(Duration.ofSeconds(3), timer));
        StepVerifier.create(guarded.contextWrite(three)).expectNext("ok").verifyComplete();
        for (long thread : new long[] {2, 4}) {
            Deadline.in(Duration.ofSeconds(thread), timer)
                    .call(() -> StepVerifier.create(guarded.contextWrite(three))
                            .expectNext("ok")
                            .verifyComplete());
        }
        assertThat(seen).containsExactly(seconds(3), seconds(2), seconds(3));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineGoesByAnotherClock_thenItIsTranslated(Shape shape) {
        HandTimer other = new HandTimer();
        other.lag(77_777_777_777L);
        Context three = Context.of(Deadline.CONTEXT_KEY, Deadline.in(Duration.ofSeconds(3), other));
        StepVerifier.create(shape.guard(pipeline("bare"), this::look).contextWrite(three))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly(seconds(3));
    }

    @ParameterizedTest
    @EnumSource
    void whenSomethingElseLiesUnderTheKey_thenItIsLeftAlone(Shape shape) {
        StepVerifier.create(shape.guard(pipeline("call"), this::look)
                        .contextWrite(Context.of(Deadline.CONTEXT_KEY, "soon")))
                .expectError(ClassCastException.class)
                .verify();
        StepVerifier.create(shape.guard(pipeline("call", limit(2)), this::look)
                        .contextWrite(Context.of(Deadline.CONTEXT_KEY, "soon")))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly(seconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void whenRetried_thenEachAttemptHasADeadlineOfItsOwnWithinTheTotal(Shape shape) {
        Pipeline pipeline = pipeline("call", limit(8), new Policies.Retry(9), limit(4));
        Flux<String> guarded = shape.guard(
                pipeline,
                () -> look().flatMap(ok -> {
                    timer.lag(3 * SECOND);
                    return seen.size() < 3 ? Mono.error(new IOException("down")) : Mono.just("third");
                }));
        StepVerifier.create(guarded)
                .then(() -> timer.advance(0))
                .then(() -> timer.advance(0))
                .expectNext("third")
                .verifyComplete();
        assertThat(seen).containsExactly(seconds(4), seconds(4), seconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void whenAFallbackAnswers_thenItHasTheDeadlineThatHoldsAroundIt(Shape shape) {
        Pipeline pipeline = pipeline("call", limit(5), new Policies.Fallback(this::look), limit(1));
        StepVerifier.create(shape.<String>guard(pipeline, () -> Mono.error(new IOException("down"))))
                .expectNext("ok")
                .verifyComplete();
        Pipeline outside = pipeline("call", new Policies.Fallback(this::look), limit(1));
        StepVerifier.create(shape.<String>guard(outside, () -> Mono.error(new IOException("down"))))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly(seconds(5), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void whenAPlainCallIsMadeAsTheSourceIsSubscribedTo_thenItInherits(Shape shape) {
        Pipeline plain = pipeline("plain");
        Flux<String> guarded = shape.guard(
                pipeline("call", limit(2)),
                () -> Mono.fromCallable(() -> plain.call(() -> {
                    seen.add(Deadline.remaining());
                    return "ok";
                })));
        StepVerifier.create(guarded).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly(seconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallHasEnded_thenWhatComesAfterItIsUnderNoDeadline(Shape shape) {
        Flux<String> guarded = shape.guard(pipeline("call", limit(1)), () -> Mono.just("ok"));
        StepVerifier.create(guarded.collectList()
                        .doOnNext(all -> seen.add(Deadline.remaining()))
                        .flatMap(all -> look()))
                .expectNext("ok")
                .verifyComplete();
        Flux<String> failing = shape.guard(pipeline("call", limit(1)), () -> Mono.error(new IOException("down")));
        StepVerifier.create(failing.onErrorResume(failure -> {
                    seen.add(Deadline.remaining());
                    return look();
                }))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsOnly(Optional.empty());
    }
}

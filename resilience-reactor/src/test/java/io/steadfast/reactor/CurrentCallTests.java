package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.core.OutcomeReader;
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

/** The call flows to what is subscribed to inside its attempts, by the context, where somebody reads outcomes. */
class CurrentCallTests {

    private static final OutcomeReader READER = new OutcomeReader() {};

    static {
        StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
    }

    private final HandTimer timer = new HandTimer();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Pipeline pipeline(String name, OutcomeReader reader, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named(name).reader(reader).runtime(timer.runtime(new Journal()));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    /** Notes the call in the context of whoever subscribes. */
    private Mono<String> look() {
        return Mono.deferContextual(context -> {
            seen.add(text(context));
            return Mono.just("ok");
        });
    }

    private static String text(ContextView context) {
        return context.<Call>getOrEmpty(Call.CONTEXT_KEY)
                .map(call -> call.name() + " " + call.attempts())
                .orElse("none");
    }

    @AfterEach
    void threadIsInNoCallAfterwards() {
        assertThat(Call.current()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenOutcomesAreRead_thenEachAttemptHasTheCall(Shape shape) {
        Pipeline twice = pipeline("stock", READER, new Policies.Retry(2));
        Flux<String> guarded = shape.guard(
                twice,
                () -> look().flatMap(ok -> seen.size() < 2 ? Mono.error(new IOException("down")) : Mono.just(ok)));
        StepVerifier.create(guarded).then(timer::runNext).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly("stock 1", "stock 2");
    }

    @ParameterizedTest
    @EnumSource
    void whenWorkChangesThreads_thenTheCallGoesWithIt(Shape shape) {
        Flux<String> guarded = shape.guard(
                pipeline("stock", READER),
                () -> look().publishOn(Schedulers.parallel()).flatMap(ok -> look()));
        StepVerifier.create(guarded).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly("stock 1", "stock 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyReadsOutcomes_thenTheContextIsTheCallersOwn(Shape shape) {
        Flux<String> guarded = shape.guard(
                pipeline("stock", OutcomeReader.NONE),
                () -> Mono.deferContextual(context -> {
                    seen.add(text(context) + " " + context.size());
                    return Mono.just("ok");
                }));
        StepVerifier.create(guarded.contextWrite(Context.of("tenant", "acme")))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly("none 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallerHasAContext_thenItIsKeptBesideTheCallAndTheDeadline(Shape shape) {
        Policy limit = new CountingLimit(Duration.ofSeconds(5), false);
        Flux<String> guarded = shape.guard(
                pipeline("stock", READER, limit),
                () -> Mono.deferContextual(context -> {
                    seen.add(text(context) + " " + context.get("tenant") + " " + context.hasKey(Deadline.CONTEXT_KEY));
                    return Mono.just("ok");
                }));
        StepVerifier.create(guarded.contextWrite(Context.of("tenant", "acme")))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly("stock 1 acme true");
    }

    @ParameterizedTest
    @EnumSource
    void whenCallsAreNested_thenTheInnermostCountsInsideAndTheOuterBeside(Shape shape) {
        Pipeline inner = pipeline("inner", READER);
        Flux<String> outer = shape.guard(
                pipeline("outer", READER),
                () -> look().flatMap(ok -> shape.guard(inner, this::look).next())
                        .flatMap(ok -> look()));
        StepVerifier.create(outer).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly("outer 1", "inner 1", "outer 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenAFallbackAnswers_thenItIsInNoAttempt(Shape shape) {
        Pipeline pipeline = pipeline("stock", READER, new Policies.Fallback(this::look));
        StepVerifier.create(shape.guard(pipeline, () -> Mono.<String>error(new IOException("down"))))
                .expectNext("ok")
                .verifyComplete();
        assertThat(seen).containsExactly("none");
    }

    @ParameterizedTest
    @EnumSource
    void whenAPublisherIsMade_thenTheThreadIsInTheAttemptToo(Shape shape) {
        Flux<String> guarded = shape.guard(pipeline("stock", READER), () -> {
            seen.add(Call.current().name());
            return Mono.just("ok");
        });
        StepVerifier.create(guarded).expectNext("ok").verifyComplete();
        assertThat(seen).containsExactly("stock");
    }
}

package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Outcome;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Target;
import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A retry around a pool: each attempt lands on another instance, in all drivers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailoverPipelineTests {

    private final Bench bench = Bench.of(config -> config.picker(PickerType.PEAK_EWMA), "a", "b", "c");

    private final ConcurrentLinkedQueue<String> visited = new ConcurrentLinkedQueue<>();

    private Set<String> dead = Set.of();

    private Pipeline pipeline(OutcomeReader reader) {
        RetryConfig retry = RetryConfig.builder()
                .maxAttempts(3)
                .waitDuration(Duration.ZERO)
                .withoutBudget()
                .build();
        return Pipeline.named("stock")
                .runtime(bench.runtime)
                .reader(reader)
                .policy(new RetryPolicy(new PolicyId(RetryPolicy.KIND, "stock"), retry, bench.runtime))
                .policy(bench.policy)
                .build();
    }

    /** What the guarded method does: goes to its instance. */
    private String visit(Call call) throws IOException {
        String id = Objects.requireNonNull(call.lease(), "no lease").instance().id();
        visited.add(id);
        if (dead.contains(id)) {
            throw new IOException(id + " is down");
        }
        return id;
    }

    /** The ways to make a call. */
    enum Driver {
        PLAIN {
            @Override
            Object call(Pipeline pipeline, FailoverPipelineTests test) throws Throwable {
                return pipeline.call("go", target(test::visit));
            }
        },
        STAGE {
            @Override
            Object call(Pipeline pipeline, FailoverPipelineTests test) throws Throwable {
                CompletableFuture<String> future = pipeline.callAsync(() -> {
                    try {
                        return CompletableFuture.completedFuture(test.visit(Objects.requireNonNull(Call.current())));
                    } catch (IOException down) {
                        return CompletableFuture.failedFuture(down);
                    }
                });
                test.bench.settleDown();
                test.bench.settleDown();
                try {
                    return future.get(30, TimeUnit.SECONDS);
                } catch (ExecutionException failed) {
                    throw failed.getCause();
                }
            }
        },
        MONO {
            @Override
            Object call(Pipeline pipeline, FailoverPipelineTests test) {
                CompletableFuture<Object> future = ReactorPipelines.<Object>mono(pipeline)
                        .apply(Mono.deferContextual(
                                context -> Mono.fromCallable(() -> test.visit(context.get(Call.CONTEXT_KEY)))))
                        .toFuture();
                test.bench.settleDown();
                test.bench.settleDown();
                return future.join();
            }
        },
        FLUX {
            @Override
            Object call(Pipeline pipeline, FailoverPipelineTests test) {
                CompletableFuture<Object> future = ReactorPipelines.<Object>flux(pipeline)
                        .apply(Flux.deferContextual(
                                context -> Mono.fromCallable(() -> test.visit(context.get(Call.CONTEXT_KEY)))))
                        .next()
                        .toFuture();
                test.bench.settleDown();
                test.bench.settleDown();
                return future.join();
            }
        };

        abstract Object call(Pipeline pipeline, FailoverPipelineTests test) throws Throwable;
    }

    /** Something to do that looks at its call. */
    private interface Visit {

        Object go(Call call) throws IOException;
    }

    private static Target<Object> target(Visit visit) {
        return new Target<>() {
            @Override
            public @Nullable Object proceed(Object invocation) {
                throw new AssertionError("entered without its call");
            }

            @Override
            public @Nullable Object proceed(Object invocation, Call call) throws Throwable {
                return visit.go(call);
            }
        };
    }

    private static final class Reader implements OutcomeReader {

        @Override
        public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
            return failure instanceof IOException ? Diagnosis.of(Diagnosis.Kind.TRANSIENT) : null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenInstancesAreDead_thenTheCallReachesTheOneThatLives(Driver driver) throws Throwable {
        dead = Set.of("a", "b");
        Pipeline pipeline = pipeline(new Reader());
        for (int i = 0; i < 20; i++) {
            visited.clear();
            assertThat(driver.call(pipeline, this)).isEqualTo("c");
            assertThat(visited).doesNotHaveDuplicates();
        }
        assertThat(bench.inFlight()).isZero();
        assertThat(bench.listener.outcomes()).containsOnly(Outcome.SUCCESS);
        assertThat(bench.state("c").succeeded()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void whenAllAreDead_thenEachIsTriedOnce(Driver driver) {
        dead = Set.of("a", "b", "c");
        assertThatExceptionOfType(Throwable.class)
                .isThrownBy(() -> driver.call(pipeline(new Reader()), this))
                .satisfies(failure -> assertThat(failure.toString()).contains("is down"));
        assertThat(visited).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(bench.inFlight()).isZero();
    }

    @Test
    void whenThereAreFewerInstancesThanAttempts_thenItGoesRoundAgain() {
        Bench two = Bench.of("a", "b");
        Call call = two.call();
        Bench.Attempt first = two.attempt(call);
        first.fails();
        Bench.Attempt second = two.attempt(call);
        second.fails();
        Bench.Attempt third = two.attempt(call);
        assertThat(List.of(first.id(), second.id())).containsExactlyInAnyOrder("a", "b");
        assertThat(third.id()).isIn("a", "b");
        assertThat(call.route().stops()).isEqualTo(3);
    }

    @Test
    void whenAnAttemptEnds_thenTheCallHasNoLeaseAnyMore() {
        Bench.Attempt attempt = bench.attempt();
        assertThat(attempt.call().lease()).isSameAs(attempt.lease());
        attempt.succeeds();
        assertThat(attempt.call().lease()).isNull();
    }
}

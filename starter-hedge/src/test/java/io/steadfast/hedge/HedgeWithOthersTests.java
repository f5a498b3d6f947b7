package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.bulkhead.BulkheadConfig;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Instance;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.PickerType;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hedge around the policies that lie inside it by the standard order, on real threads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HedgeWithOthersTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger entered = new AtomicInteger();

    private final CountDownLatch release = new CountDownLatch(1);

    private static HedgePolicy hedge(Duration delay) {
        return HedgePolicy.of(
                "stock", HedgeConfig.builder().delay(delay).extraLoad(1).build());
    }

    private static Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("stock").reader(new OutcomeReader() {});
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static FailoverPolicy pool(String... ids) {
        List<Instance> instances = new ArrayList<>();
        for (String id : ids) {
            instances.add(new Instance("stock", id, URI.create("http://" + id + ":8080"), 1, null, Map.of()));
        }
        FailoverConfig config =
                FailoverConfig.builder().picker(PickerType.ROUND_ROBIN).build();
        return FailoverPolicy.of("stock", config, InstanceSource.of(instances));
    }

    private static BulkheadPolicy bulkhead(int calls, Duration wait) {
        return BulkheadPolicy.of(
                "stock",
                BulkheadConfig.builder()
                        .maxConcurrentCalls(calls)
                        .maxWaitDuration(wait)
                        .build());
    }

    private static String here() {
        Call call = Objects.requireNonNull(Call.current());
        return Objects.requireNonNull(call.lease()).instance().id();
    }

    /** The first attempt hangs until it is interrupted. */
    private String slowAtFirst() throws InterruptedException {
        if (entered.incrementAndGet() == 1) {
            release.await();
        }
        return "second";
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    @Test
    void whenTheFirstInstanceIsSlow_thenAnotherAnswersAndNobodyIsBlamed() throws Exception {
        FailoverPolicy pool = pool("a", "b", "c");
        List<String> visited = new CopyOnWriteArrayList<>();
        pipeline(hedge(SHORT), pool).call(() -> {
            visited.add(here());
            return slowAtFirst();
        });
        assertThat(visited).hasSize(2).doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(pool.pool().instances())
                .extracting(InstanceState::inFlight)
                .containsOnly(0));
        assertThat(pool.pool().instances()).extracting(InstanceState::failed).containsOnly(0L);
        assertThat(pool.pool().instances().stream()
                        .mapToLong(InstanceState::succeeded)
                        .sum())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheBulkheadHasOnePlace_thenTheFirstGoesOnAloneAndThePlaceIsFreeAfterwards(boolean waits) throws Exception {
        BulkheadPolicy one = bulkhead(1, waits ? LONG : Duration.ZERO);
        HedgePolicy hedge = hedge(Duration.ZERO);
        Pipeline pipeline = pipeline(hedge, one);
        for (int call = 1; call <= 8; call++) {
            int expected = call;
            String answer = pipeline.call(() -> {
                await().until(() -> hedge.snapshot().get("started").equals((long) expected));
                return "ok";
            });
            assertThat(answer).isEqualTo("ok");
            await().untilAsserted(() ->
                    assertThat(one.snapshot()).containsEntry("in-flight", 0).containsEntry("queued", 0));
        }
    }

    @Test
    void whenAStageHasWon_thenAllPlacesAreFreeBeforeTheCallerHears() throws Exception {
        BulkheadPolicy two = bulkhead(2, Duration.ZERO);
        Pipeline pipeline = pipeline(hedge(Duration.ZERO), two);
        for (int call = 0; call < 200; call++) {
            List<CompletableFuture<String>> work = new CopyOnWriteArrayList<>();
            CompletableFuture<Object> free = pipeline.callAsync(() -> {
                        CompletableFuture<String> begun = new CompletableFuture<>();
                        work.add(begun);
                        return begun;
                    })
                    .thenApply(answer -> two.snapshot().get("in-flight"));
            await().pollDelay(Duration.ZERO).until(() -> work.size() == 2);
            work.get(1).complete("second");
            assertThat(free.get()).isEqualTo(0);
        }
    }

    @Test
    void whenTheHedgeWaitsForTheRateLimiter_thenTheFirstAnswerEndsTheWait() throws Exception {
        RateLimiterPolicy limiter = RateLimiterPolicy.of(
                "stock",
                LimiterConfig.builder()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(LONG)
                        .timeoutDuration(LONG)
                        .build());
        HedgePolicy hedge = hedge(Duration.ZERO);
        assertThat(pipeline(hedge, limiter).<String>call(() -> {
                    entered.incrementAndGet();
                    await().until(() -> hedge.snapshot().get("started").equals(1L));
                    return "first";
                }))
                .isEqualTo("first");
        assertThat(entered).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whenTheBreakerIsHalfOpen_thenALoserLeavesItsTrialToOthers(int trials) throws Exception {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of(
                "stock",
                BreakerConfig.builder()
                        .permittedNumberOfCallsInHalfOpenState(trials)
                        .initialState(State.HALF_OPEN)
                        .build());
        Pipeline pipeline = pipeline(hedge(SHORT), breaker);
        if (trials > 1) {
            assertThat(pipeline.call(this::slowAtFirst)).isEqualTo("second");
        }
        await().untilAsserted(() -> {
            Throwable refusal = catchThrowable(() -> pipeline.call(() -> "ok"));
            assertThat(breaker.state()).as("after %s", refusal).isEqualTo("CLOSED");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheTotalTimeIsUp_thenBothAttemptsEndAndFreeWhatTheyHold(boolean separateThread) {
        BulkheadPolicy two = bulkhead(2, Duration.ZERO);
        FailoverPolicy pool = pool("a", "b");
        TimeoutConfig limits = TimeoutConfig.builder()
                .total(Duration.ofMillis(300))
                .limit(Duration.ofMillis(300))
                .separateThread(separateThread)
                .build();
        Throwable failure = catchThrowable(() -> pipeline(
                        TimeoutPolicy.total("stock", limits),
                        hedge(SHORT),
                        pool,
                        TimeoutPolicy.attempt("stock", limits),
                        two)
                .call(() -> {
                    entered.incrementAndGet();
                    release.await();
                    return "too late";
                }));
        assertThat(failure).isInstanceOf(CallTimeoutException.class);
        assertThat(entered).hasValue(2);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        await().untilAsserted(() -> assertThat(two.snapshot()).containsEntry("in-flight", 0));
        await().untilAsserted(() -> assertThat(pool.pool().instances())
                .extracting(InstanceState::inFlight)
                .containsOnly(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenThousandsOfCallsAreHedgedAtOnce_thenAllAreAnsweredAndNothingIsHeld(boolean stages) throws Exception {
        FailoverPolicy pool = pool("a", "b", "c");
        BulkheadPolicy many = bulkhead(100_000, Duration.ZERO);
        CircuitBreakerPolicy breaker =
                CircuitBreakerPolicy.of("stock", BreakerConfig.builder().build());
        TimeoutConfig limits = TimeoutConfig.builder().limit(LONG).build();
        Pipeline pipeline =
                pipeline(hedge(Duration.ofMillis(1)), pool, breaker, TimeoutPolicy.attempt("stock", limits), many);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        if (stages) {
            for (int call = 0; call < 10_000; call++) {
                answers.add(pipeline.callAsync(() -> CompletableFuture.supplyAsync(
                        () -> "ok", CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS))));
            }
        } else {
            for (int caller = 0; caller < 100; caller++) {
                answers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int call = 0; call < 50; call++) {
                                callPlainly(pipeline);
                            }
                        },
                        task -> new Thread(task).start()));
            }
        }
        for (CompletableFuture<?> answer : answers) {
            answer.get(30, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> assertThat(many.snapshot()).containsEntry("in-flight", 0));
        await().untilAsserted(() -> assertThat(pool.pool().instances())
                .extracting(InstanceState::inFlight)
                .containsOnly(0));
        assertThat(pool.pool().instances()).extracting(InstanceState::failed).containsOnly(0L);
        assertThat(breaker.state()).isEqualTo("CLOSED");
    }

    private static void callPlainly(Pipeline pipeline) {
        try {
            pipeline.call(() -> {
                TimeUnit.MILLISECONDS.sleep(2);
                return "ok";
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}

package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Target;
import io.steadfast.reactor.ReactorPipelines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** On the threads of an event loop nothing blocks, however hard the limiter is fought over. BlockHound looks. */
class EventLoopTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What was found, also where somebody has swallowed the error. */
    private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void letTheHoundLoose() {
        BlockHound.builder()
                .loadIntegrations()
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    FOUND.add(error);
                    throw error;
                })
                .install();
    }

    @BeforeEach
    void forgetEarlierFinds() {
        FOUND.clear();
    }

    private static <T> T onAnEventLoop(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.parallel()).block(PATIENCE);
    }

    @Test
    void whenSomethingBlocksOnAnEventLoop_thenTheHoundFindsIt() {
        assertThatThrownBy(() -> onAnEventLoop(() -> {
                    LockSupport.parkNanos(1);
                    return "parked";
                }))
                .hasCauseInstanceOf(BlockingOperationError.class);
    }

    /** A clock that, when it is read for the first time, lets another caller in before: so this one loses the race. */
    private static LongSupplier losingTheRace(Runnable another) {
        AtomicInteger readings = new AtomicInteger();
        return () -> {
            if (readings.incrementAndGet() == 1) {
                another.run();
            }
            return 0;
        };
    }

    /** resilience4j/resilience4j#1049, in 2.4.0. */
    @Test
    void whenTheEnginesOwnLimiterLosesARace_thenItParksTheEventLoop() {
        AtomicRateLimiter[] engine = new AtomicRateLimiter[1];
        LongSupplier[] clock = {() -> 0};
        engine[0] = new AtomicRateLimiter("engine", RateLimiterConfig.ofDefaults(), () -> clock[0].getAsLong());
        clock[0] = losingTheRace(() -> engine[0].reservePermission(1));
        assertThatThrownBy(() -> onAnEventLoop(() -> engine[0].reservePermission(1)))
                .hasCauseInstanceOf(BlockingOperationError.class)
                .hasStackTraceContaining("AtomicRateLimiter.compareAndSet");
    }

    @Test
    void whenCallsCompeteAndWait_thenEachIsMadeInItsTimeAndNothingBlocks() {
        int limit = 40;
        Duration period = Duration.ofMillis(20);
        RateLimiterPolicy limiter = limiter(LimiterConfig.builder()
                .limitForPeriod(limit)
                .limitRefreshPeriod(period)
                .timeoutDuration(PATIENCE));
        Pipeline pipeline = Pipeline.of("geocoder", limiter);
        AtomicInteger loops = new AtomicInteger();
        Long made = Flux.range(0, 600)
                .flatMap(number -> call(pipeline, loops).subscribeOn(Schedulers.parallel()), 600)
                .count()
                .block(PATIENCE);
        assertThat(made).isEqualTo(600);
        assertThat(loops.get()).as("calls made without waiting").isGreaterThan(0);
        assertThat(limiter.snapshot()).containsEntry("waiting", 0);
        assertThat(FOUND).isEmpty();
    }

    @Test
    void whenCallersGiveUpWhileTheyWait_thenNothingBlocksAndNobodyIsLeftWaiting() {
        RateLimiterPolicy limiter = limiter(LimiterConfig.builder()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(Duration.ofDays(365)));
        Pipeline pipeline = Pipeline.of("geocoder", limiter);
        Long left = Flux.range(0, 2000)
                .flatMap(
                        number -> call(pipeline, new AtomicInteger())
                                .subscribeOn(Schedulers.parallel())
                                .takeUntilOther(Mono.delay(Duration.ofMillis(5), Schedulers.parallel())),
                        2000)
                .count()
                .block(PATIENCE);
        assertThat(left).isLessThanOrEqualTo(1);
        assertThat(limiter.snapshot()).containsEntry("waiting", 0);
        assertThat(FOUND).isEmpty();
    }

    private static Mono<String> call(Pipeline pipeline, AtomicInteger onLoops) {
        Target<String> target = name -> Mono.fromCallable(() -> {
            if (Schedulers.isInNonBlockingThread()) {
                onLoops.incrementAndGet();
            }
            return name;
        });
        return ReactorPipelines.mono(pipeline, "place", target);
    }

    @Test
    void whenKeysAreMadeUpAndPushedOut_thenNothingBlocks() {
        RateLimiterPolicy limiter = limiter(LimiterConfig.builder()
                .limitForPeriod(3)
                .limitRefreshPeriod(Duration.ofSeconds(10))
                .maxKeys(50));
        AtomicInteger refused = new AtomicInteger();
        Long ended = Flux.range(0, 200_000)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .map(number -> {
                    try {
                        limiter.acquire(Bench.call(1, "key-" + number % 7919 % (1 + number / 100)));
                    } catch (RateLimitedException refusal) {
                        refused.incrementAndGet();
                    }
                    return number;
                })
                .sequential()
                .count()
                .block(PATIENCE);
        assertThat(ended).isEqualTo(200_000);
        assertThat(refused.get()).isPositive();
        assertThat((int) limiter.snapshot().get("keys")).isBetween(30, 50);
        assertThat(FOUND).isEmpty();
    }

    private static RateLimiterPolicy limiter(LimiterConfigBuilder settings) {
        PolicyRuntime runtime = PolicyRuntime.system();
        return new RateLimiterPolicy(new PolicyId(RateLimiterPolicy.KIND, "geocoder"), settings.build(), runtime);
    }
}

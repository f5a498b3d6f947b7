package io.steadfast.ratelimiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Target;
import io.steadfast.ratelimiter.LimiterConfig;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import io.steadfast.ratelimiter.Scope;
import io.steadfast.ratelimiter.SharedLimit;
import io.steadfast.ratelimiter.SharedLimitConfig;
import io.steadfast.ratelimiter.SharedRateLimiter;
import io.steadfast.reactor.ReactorPipelines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls that begin on an event loop ask Redis without blocking it, and go on elsewhere than on Lettuce's. BlockHound looks. */
class RedisEventLoopTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int CALLS = 500;

    /** What was found, also where somebody has swallowed the error. */
    private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

    private static RealRedis redis;

    private static RedisClient client;

    private static RedisSharedLimits limits;

    @BeforeAll
    static void start() {
        BlockHound.builder()
                .loadIntegrations()
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    FOUND.add(error);
                    throw error;
                })
                .install();
        redis = RealRedis.start();
        client = redis.client();
        limits = new RedisSharedLimits(() -> client, "test:", PolicyRuntime.system());
    }

    @AfterAll
    static void stop() {
        limits.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        redis.close();
    }

    @Test
    void whenCallsAskAndWait_thenNothingBlocksAndNoneRunsOnTheClientsThreads() {
        RateLimiterPolicy limiter = limiter(LimiterConfig.builder()
                .scope(Scope.SHARED)
                .limitForPeriod(50)
                .limitRefreshPeriod(Duration.ofMillis(50))
                .timeoutDuration(PATIENCE)
                .build());
        Queue<String> threads = new ConcurrentLinkedQueue<>();

        Long made = all(limiter, threads).count().block(PATIENCE);

        assertThat(made).isEqualTo(CALLS);
        assertThat(limiter.snapshot()).containsEntry("decided-without-store", 0L);
        assertThat(threads).hasSize(CALLS).noneMatch(thread -> thread.startsWith("lettuce"));
    }

    @Test
    void whenCallsAreRefusedOrGiveUp_thenNothingBlocks() {
        RateLimiterPolicy limiter = limiter(LimiterConfig.builder()
                .scope(Scope.SHARED)
                .limitForPeriod(100)
                .limitRefreshPeriod(Duration.ofHours(1))
                .build());
        Queue<String> threads = new ConcurrentLinkedQueue<>();

        Long made = all(limiter, threads)
                .onErrorResume(RateLimitedException.class, refusal -> Mono.empty())
                .count()
                .block(PATIENCE);

        assertThat(made).isEqualTo(100);
        assertThat(limiter.snapshot()).containsEntry("decided-without-store", 0L);
    }

    @AfterEach
    void nothingWasFound() {
        FOUND.forEach(Throwable::printStackTrace);
        assertThat(FOUND).isEmpty();
    }

    private static Flux<String> all(RateLimiterPolicy limiter, Queue<String> threads) {
        Pipeline pipeline = Pipeline.of("geocoder", limiter);
        Target<String> target = name -> Mono.fromCallable(() -> {
            threads.add(Thread.currentThread().getName());
            return name;
        });
        return Flux.range(0, CALLS)
                .flatMapDelayError(
                        number -> ReactorPipelines.<String, String>mono(pipeline, "place", target)
                                .subscribeOn(Schedulers.parallel())
                                .onErrorResume(RateLimitedException.class, refusal -> Mono.empty()),
                        CALLS,
                        1);
    }

    private static RateLimiterPolicy limiter(LimiterConfig config) {
        PolicyId id = new PolicyId(RateLimiterPolicy.KIND, "geocoder" + config.limitForPeriod());
        SharedLimitConfig patient = new SharedLimitConfig(List.of(), PATIENCE, PATIENCE);
        SharedLimit limit = limits.limit(id.instance(), patient.bandwidths(config), PATIENCE);
        return SharedRateLimiter.of(id, config, patient, limit, PolicyRuntime.system());
    }
}

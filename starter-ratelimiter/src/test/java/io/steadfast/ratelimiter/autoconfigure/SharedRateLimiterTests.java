package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.redis.RealRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of a service share their limits through a real Redis. */
class SharedRateLimiterTests {

    /** For a machine that is busy with other things. */
    private static final Duration A_LONG_TIME = Duration.ofSeconds(15);

    private static final String[] SETTINGS = {
        "defaults.store-timeout=10s",
        "instances.carrier.limit-for-period=200",
        "instances.carrier.limit-refresh-period=1s",
        "instances.paced.limit-for-period=10",
        "instances.paced.limit-refresh-period=200ms",
        "instances.paced.timeout-duration=10s",
        "instances.customers.limit-for-period=4",
        "instances.customers.limit-refresh-period=1h",
        "instances.strict.limit-for-period=2",
        "instances.strict.limit-refresh-period=10ms",
        "instances.strict.additional-limits=5/10d, 6/20d"
    };

    private static RealRedis redis;

    private static RedisClient client;

    private static StatefulRedisConnection<String, String> connection;

    private static SharedApplication one;

    private static SharedApplication other;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        client = redis.client();
        connection = client.connect();
        one = SharedApplication.start(redis.port(), SETTINGS);
        other = SharedApplication.start(redis.port(), SETTINGS);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        connection.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        redis.close();
    }

    @Test
    void whenBothAreUnderLoad_thenTheyAdmitNoMoreThanTheLimitTogether() {
        long began = redisNanos();
        long admitted;
        try (Load here = load(one);
                Load there = load(other)) {
            await().atMost(A_LONG_TIME).until(() -> redisNanos() - began > TimeUnit.MILLISECONDS.toNanos(1500));
            here.close();
            there.close();
            assertThat(here.admitted.sum()).as("admitted by one").isPositive();
            assertThat(there.admitted.sum()).as("admitted by the other").isPositive();
            admitted = here.admitted.sum() + there.admitted.sum();
        }
        double seconds = (redisNanos() - began) / 1e9;

        assertThat(one.limiter()).containsEntry("decided-without-store", 0L);
        assertThat(other.limiter()).containsEntry("decided-without-store", 0L);
        assertThat((double) admitted)
                .as("a full bucket, and what comes back in %s s", seconds)
                .isBetween(200 + 200 * 0.5, 200 + 200 * seconds);
    }

    @Test
    void whenCallsMayWait_thenTheyEnterAtThePaceOfTheLimit() {
        long began = redisNanos();
        long entered;
        try (Load load = new Load(
                one.carrier()::shipWhenItIsTime,
                one.carrier()::shipWhenItIsTime,
                other.carrier()::shipWhenItIsTime,
                other.carrier()::shipWhenItIsTime)) {
            await().atMost(A_LONG_TIME).until(() -> load.admitted.sum() >= 60);
            load.close();
            entered = load.admitted.sum();
            assertThat(load.decided.sum()).as("calls, none of them refused").isEqualTo(entered);
        }
        double seconds = (redisNanos() - began) / 1e9;

        assertThat((double) entered).as("in %s s", seconds).isLessThanOrEqualTo(10 + 50 * seconds);
    }

    @Test
    void whenAMethodHasAKeyAndPermits_thenTheyCountInBoth() {
        assertThat(one.carrier().shipFor("ann")).isTrue();
        assertThat(other.carrier().shipFor("ann")).isTrue();

        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> one.carrier().shipFor("ann"))
                .satisfies(refusal -> assertThat(refusal.retryAfter().orElseThrow())
                        .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30)));
        assertThat(other.carrier().shipFor("bob")).isTrue();
        assertThat(connection.sync().keys("*customers*"))
                .containsExactlyInAnyOrder(
                        "steadfast:rate-limiter:shop:customers:key:ann",
                        "steadfast:rate-limiter:shop:customers:key:bob");
    }

    @Test
    void whenThereAreSeveralLimits_thenAllHold() {
        try (Load load = new Load(one.carrier()::shipStrictly, other.carrier()::shipStrictly)) {
            await().atMost(A_LONG_TIME).until(() -> load.admitted.sum() >= 5);
            long decided = load.decided.sum();
            await().atMost(A_LONG_TIME).until(() -> load.decided.sum() >= decided + 100);
            load.close();

            assertThat(load.admitted.sum()).isEqualTo(5);
        }
        assertThat(one.limiter("strict")).containsEntry("available", 0L);
    }

    /** Plain calls and stages. */
    private static Load load(SharedApplication instance) {
        BooleanSupplier plain = instance.carrier()::ship;
        BooleanSupplier stage =
                () -> instance.carrier().shipLater().toCompletableFuture().join();
        return new Load(plain, stage, plain, stage);
    }

    /** Redis's own clock, which is the one that counts. */
    private static long redisNanos() {
        return RealRedis.nanos(connection.sync());
    }
}

package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.redis.FaultyWire;
import io.steadfast.ratelimiter.redis.RealRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Instances of a service whose Redis dies, hangs, or has never been there. */
@ExtendWith(OutputCaptureExtension.class)
class StoreOutageTests {

    /** For a machine that is busy with other things. */
    private static final Duration A_LONG_TIME = Duration.ofSeconds(15);

    private final RealRedis redis = RealRedis.absent();

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whenRedisIsKilledAndStartedAgainUnderLoad_thenCallsGoOnAndTheLimitIsSharedAgain(CapturedOutput output) {
        redis.restart();
        String[] settings = {
            "instances.carrier.limit-for-period=1000", "defaults.store-timeout=2s", "defaults.store-probe-interval=2s"
        };
        try (SharedApplication one = SharedApplication.start(redis.port(), settings);
                SharedApplication other = SharedApplication.start(redis.port(), settings)) {
            awaitShared(one, "strict", one.carrier()::shipStrictly); // has connected, whatever that took
            awaitShared(other, "strict", other.carrier()::shipStrictly);
            killAndRestart(one, other);
        }
        assertThat(output.toString().lines().filter(line -> line.contains("'carrier' went from shared to store-down")))
                .as("lines when it went down, one for each instance")
                .hasSize(2);
        assertThat(output.toString().lines().filter(line -> line.contains("'carrier' went from store-down to shared")))
                .as("lines when it came back, one for each instance")
                .hasSize(2);
    }

    private void killAndRestart(SharedApplication one, SharedApplication other) {
        try (Load load = new Load(
                one.carrier()::ship,
                () -> one.carrier().shipLater().toCompletableFuture().join(),
                other.carrier()::ship)) {
            await().atMost(A_LONG_TIME).until(() -> load.admitted.sum() >= 1000);
            assertThat(load.admitted.sum()).as("the shared limit").isEqualTo(1000);

            redis.kill();
            await().atMost(A_LONG_TIME).until(() -> one.isStoreDown() && other.isStoreDown());
            await().atMost(A_LONG_TIME).until(() -> load.admitted.sum() >= 3000);
            assertThat(load.admitted.sum()).as("and, meanwhile, one limit each").isEqualTo(3000);

            redis.restart();
            await().atMost(A_LONG_TIME).until(() -> !one.isStoreDown() && !other.isStoreDown());
            await().atMost(A_LONG_TIME).until(() -> load.admitted.sum() >= 4000);
            long decided = load.decided.sum();
            await().atMost(A_LONG_TIME).until(() -> load.decided.sum() >= decided + 100);
            load.close();

            assertThat(load.admitted.sum())
                    .as("and that of the new, empty Redis")
                    .isEqualTo(4000);
            assertThat(load.slowest()).as("the slowest call").isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whenTheWireToRedisIsDead_thenOneCallWaitsAsLongAsItMayAndTheOthersDoNot() {
        redis.restart();
        try (FaultyWire wire = new FaultyWire(redis.port());
                SharedApplication instance = SharedApplication.start(
                        wire.port(),
                        "instances.carrier.limit-for-period=1000000",
                        "defaults.store-timeout=500ms",
                        "defaults.store-probe-interval=1s")) {
            awaitShared(instance);
            Object decidedBefore = instance.limiter().get("decided-without-store");
            wire.holdEverythingBack();

            long began = System.nanoTime();
            assertThat(instance.ships()).isTrue();
            Duration first = Duration.ofNanos(System.nanoTime() - began);
            for (int i = 0; i < 20; i++) {
                assertThat(instance.ships()).isTrue();
            }
            Duration others = Duration.ofNanos(System.nanoTime() - began).minus(first);

            assertThat(first).isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
            assertThat(others).as("20 calls").isLessThan(Duration.ofSeconds(5));
            assertThat(instance.limiter()).containsEntry("decided-without-store", (Long) decidedBefore + 21);

            wire.mend();
            awaitShared(instance);
        }
    }

    @Test
    void whenRedisIsAbsentAtTheStart_thenTheApplicationStartsAndTheSettingDecidesUntilItIsThere() {
        try (SharedApplication instance = SharedApplication.start(
                redis.port(),
                "defaults.store-probe-interval=100ms",
                "instances.carrier.limit-for-period=2",
                "instances.carrier.store-down=open",
                "instances.strict.store-down=closed")) {
            for (int i = 0; i < 10; i++) {
                assertThat(instance.ships()).isTrue();
            }
            assertThat(instance.isStoreDown()).isTrue();
            assertThatExceptionOfType(RateLimitedException.class)
                    .isThrownBy(() -> instance.carrier().shipStrictly())
                    .withMessageContaining("its rate limit is shared with other processes, and the store failed")
                    .satisfies(refusal ->
                            assertThat(refusal.retryAfter().orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(100)));

            redis.restart();

            await().atMost(A_LONG_TIME).until(() -> !instance.ships());
            assertThat(instance.isStoreDown()).isFalse();
            await().atMost(A_LONG_TIME)
                    .ignoreExceptions()
                    .until(() -> instance.carrier().shipStrictly());
        }
    }

    private static void awaitShared(SharedApplication instance) {
        awaitShared(instance, "carrier", instance::ships);
    }

    /** Until a call has been decided by the store. */
    private static void awaitShared(SharedApplication instance, String limiter, Runnable call) {
        await().atMost(A_LONG_TIME).until(() -> {
            Object before = instance.limiter(limiter).get("decided-without-store");
            call.run();
            return instance.limiter(limiter).get("decided-without-store").equals(before);
        });
    }
}

package io.steadfast.ratelimiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.SharedLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A way to Redis that is slow, cut, or gone. */
class RedisLinkTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Long enough for a machine that is busy with other things. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private final RealRedis redis = RealRedis.absent();

    private RedisClient client = redis.client();

    private RedisSharedLimits limits = new RedisSharedLimits(() -> client, "test:", PolicyRuntime.system());

    @AfterEach
    void stop() {
        limits.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        redis.close();
    }

    @Test
    void whenNobodyHasAsked_thenNothingIsOpened() {
        redis.restart();
        limit();

        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void whenRedisIsAbsent_thenTheAnswerIsAFailureAtOnceUntilItIsThere() {
        SharedLimit limit = limit();
        assertThat(take(limit)).failsWithin(SOON).withThrowableThat().withMessageContaining("connect");

        redis.restart();

        awaitAnswer(limit);
    }

    @Test
    void whenRedisIsKilledAndStartedAgain_thenSoIsTheLimit() {
        redis.restart();
        SharedLimit limit = limit();
        awaitAnswer(limit);

        redis.kill();
        await().untilAsserted(() -> assertThat(take(limit)).failsWithin(SOON));
        redis.restart();

        awaitAnswer(limit);
    }

    @Test
    void whenTheWireIsDead_thenTheAnswerIsAFailureInTimeAndANewConnectionIsUsedOnceItIsMended() {
        redis.restart();
        try (FaultyWire wire = new FaultyWire(redis.port())) {
            connectThrough(wire);
            SharedLimit limit = limit();
            awaitAnswer(limit);
            wire.holdEverythingBack();

            long began = System.nanoTime();
            List<CompletableFuture<Long>> answers = List.of(take(limit), take(limit), take(limit));

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .failsWithin(SOON)
                            .withThrowableThat()
                            .withRootCauseInstanceOf(TimeoutException.class)
                            .withMessageContaining("no answer within 1s"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(ANSWER_WITHIN, SOON);
            assertThat(((RedisSharedLimit) limit).lanesInUse()).isZero();

            wire.mend();
            awaitAnswer(limit);
        }
    }

    @Test
    void whenItCannotEvenConnect_thenTheAnswerIsAFailureInTime() {
        redis.restart();
        try (FaultyWire wire = new FaultyWire(redis.port())) {
            wire.holdEverythingBack();
            connectThrough(wire);
            SharedLimit limit = limit();

            assertThat(take(limit))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(TimeoutException.class);

            wire.mend();
            awaitAnswer(limit);
        }
    }

    @Test
    void whenRedisCannotWrite_thenThatIsAFailureAndNoNewConnectionIsKept() {
        redis.restart();
        SharedLimit limit = limit();
        try (StatefulRedisConnection<String, String> admin = client.connect()) {
            admin.sync().configSet("maxmemory", "1");
            for (int i = 0; i < 5; i++) {
                assertThat(take(limit)).failsWithin(SOON).withThrowableThat().withMessageContaining("OOM");
            }
            admin.sync().configSet("maxmemory", "0");
        }
        awaitAnswer(limit);
    }

    @Test
    void whenClosed_thenTheConnectionIsGoneAndTheClientStays() {
        redis.restart();
        awaitAnswer(limit());
        assertThat(connections()).isEqualTo(2);

        limits.close();

        await().untilAsserted(() -> assertThat(connections()).isEqualTo(1));
    }

    @Test
    void whenThereIsNoClient_thenTheAnswerIsAFailure() {
        try (RedisSharedLimits without = new RedisSharedLimits(
                () -> {
                    throw new IllegalStateException("no client");
                },
                "test:",
                PolicyRuntime.system())) {
            SharedLimit limit = without.limit("orders", List.of(new Bandwidth(1, SOON)), ANSWER_WITHIN);

            assertThat(take(limit)).failsWithin(SOON).withThrowableThat().withMessageContaining("no client");
        }
    }

    private SharedLimit limit() {
        return limits.limit("orders", List.of(new Bandwidth(1_000_000, Duration.ofHours(1))), ANSWER_WITHIN);
    }

    private void connectThrough(FaultyWire wire) {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        client = RealRedis.client(wire.port());
    }

    private static CompletableFuture<Long> take(SharedLimit limit) {
        return limit.take(null, 1, 0).toCompletableFuture();
    }

    private static void awaitAnswer(SharedLimit limit) {
        await().atMost(SOON).untilAsserted(() -> assertThat(take(limit)).succeedsWithin(SOON));
    }

    /** How many clients Redis has, the one that asks included. */
    private int connections() {
        try (StatefulRedisConnection<String, String> admin = client.connect()) {
            return (int) admin.sync().clientList().lines().count();
        }
    }
}

package io.steadfast.ratelimiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.ratelimiter.Bandwidth;
import io.steadfast.ratelimiter.SharedLimit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One bucket in a real Redis. */
class RedisSharedLimitTests {

    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static RealRedis redis;

    private static RedisClient client;

    private static StatefulRedisConnection<String, String> connection;

    private static RedisCommands<String, String> commands;

    private static RedisSharedLimits limits;

    /** Another process. */
    private static RedisSharedLimits others;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        client = redis.client();
        connection = client.connect();
        commands = connection.sync();
        limits = new RedisSharedLimits(() -> client, "test:", PolicyRuntime.system());
        others = new RedisSharedLimits(() -> client, "test:", PolicyRuntime.system());
    }

    @AfterAll
    static void stop() {
        limits.close();
        others.close();
        connection.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        redis.close();
    }

    @BeforeEach
    void forget() {
        commands.flushall();
    }

    @Test
    void whenTheBucketIsFull_thenTheLimitIsLetThroughAtOnceAndNoMore() {
        SharedLimit limit = limit("orders", new Bandwidth(3, AN_HOUR));
        assertThat(limit.available()).hasValue(3);

        assertThat(take(limit, 1)).isZero();
        assertThat(limit.available()).hasValue(2);
        assertThat(take(limit, 2)).isZero();

        assertThat(minutes(-take(limit, 1))).isCloseTo(20, within(0.1));
        assertThat(limit.available()).hasValue(0);
    }

    @Test
    void whenTheWaitIsShortEnough_thenPermitsAreReservedOneAfterTheOther() {
        SharedLimit limit = limit("orders", new Bandwidth(3, AN_HOUR));
        take(limit, 3);

        assertThat(minutes(take(limit, null, 1, AN_HOUR))).isCloseTo(20, within(0.1));
        assertThat(minutes(take(limit, null, 1, AN_HOUR))).isCloseTo(40, within(0.1));
        assertThat(minutes(-take(limit, null, 2, AN_HOUR))).isCloseTo(80, within(0.1));
        assertThat(limit.available()).hasValue(0);
    }

    @Test
    void whenAReservationIsGivenBack_thenTheNextGetsIt() {
        SharedLimit limit = limit("orders", new Bandwidth(3, AN_HOUR));
        take(limit, 3);
        take(limit, null, 2, AN_HOUR);

        limit.giveBack(null, 2);

        assertThat(minutes(take(limit, null, 1, AN_HOUR))).isCloseTo(20, within(0.1));
    }

    @Test
    void whenMoreIsGivenBackThanWasTaken_thenTheBucketIsFullAndNoFuller() {
        SharedLimit limit = limit("orders", new Bandwidth(3, AN_HOUR));
        take(limit, 1);

        limit.giveBack(null, 100);

        assertThat(take(limit, 3)).isZero();
        assertThat(take(limit, 1)).isNegative();
    }

    @Test
    void whenPermitsAreGivenBackToABucketThatIsGone_thenNoneIsMade() {
        limit("orders", new Bandwidth(3, AN_HOUR)).giveBack(null, 1);

        assertThat(take(limit("other", new Bandwidth(3, AN_HOUR)), 1)).isZero();
        assertThat(commands.keys("*")).containsExactly("test:other");
    }

    @Test
    void whenACallAsksForMoreThanThereEverAre_thenItIsToldNever() {
        SharedLimit limit = limit("orders", new Bandwidth(3, AN_HOUR));

        assertThat(take(limit, null, 4, Duration.ofDays(300))).isEqualTo(-Long.MAX_VALUE);
        assertThat(take(limit, 3)).isZero();
    }

    @Test
    void whenThereAreSeveralBandwidths_thenTheStrictestOfTheMomentCounts() {
        SharedLimit limit = limit("orders", new Bandwidth(2, Duration.ofMillis(50)), new Bandwidth(3, AN_HOUR));
        take(limit, 2);

        assertThat(-take(limit, 1)).isBetween(1L, Duration.ofMillis(25).toNanos());
        await().until(() -> take(limit, 1) == 0);
        assertThat(minutes(-take(limit, 1))).isCloseTo(20, within(0.1));
    }

    @Test
    void whenTimePasses_thenPermitsComeBackOneByOne() {
        SharedLimit limit = limit("orders", new Bandwidth(10, Duration.ofMillis(500)));
        take(limit, 10);
        long emptied = RealRedis.nanos(commands);

        List<Long> moments = new ArrayList<>();
        while (moments.size() < 5) {
            if (take(limit, 1) == 0) {
                moments.add(RealRedis.nanos(commands) - emptied);
            }
        }

        for (int i = 0; i < moments.size(); i++) {
            assertThat(Duration.ofNanos(moments.get(i)))
                    .as("permit %d", i + 1)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50 * i + 40));
        }
    }

    @Test
    void whenTwoProcessesAsk_thenTheyShareTheLimit() {
        SharedLimit here = limit("orders", new Bandwidth(3, AN_HOUR));
        SharedLimit there = others.limit("orders", List.of(new Bandwidth(3, AN_HOUR)), PATIENT);

        assertThat(take(here, 2)).isZero();
        assertThat(take(there, 1)).isZero();
        assertThat(take(here, 1)).isNegative();
        assertThat(take(there, 1)).isNegative();
    }

    @Test
    void whenManyAskTogether_thenNotOnePermitTooManyIsGivenAndNoneIsLost() {
        SharedLimit here = limit("orders", new Bandwidth(100, AN_HOUR));
        SharedLimit there = others.limit("orders", List.of(new Bandwidth(100, AN_HOUR)), PATIENT);
        List<CompletableFuture<Long>> answers = new ArrayList<>();

        for (int i = 0; i < 300; i++) {
            SharedLimit either = i % 2 == 0 ? here : there;
            answers.add(either.take(null, 1, 0).toCompletableFuture());
        }

        assertThat(answers)
                .map(CompletableFuture::join)
                .filteredOn(wait -> wait == 0)
                .hasSize(100);
    }

    @Test
    void whenKeysDiffer_thenEachHasTheWholeLimit() {
        SharedLimit limit = limit("orders", new Bandwidth(1, AN_HOUR));

        assertThat(take(limit, "ann", 1, Duration.ZERO)).isZero();
        assertThat(take(limit, "bob", 1, Duration.ZERO)).isZero();
        assertThat(take(limit, null, 1, Duration.ZERO)).isZero();
        assertThat(take(limit, "ann", 1, Duration.ZERO)).isNegative();
        assertThat(commands.keys("*"))
                .containsExactlyInAnyOrder("test:orders", "test:orders:key:ann", "test:orders:key:bob");
    }

    @Test
    void whenAKeyIsHostile_thenItIsOneShortKeyOfItsOwn() {
        SharedLimit limit = limit("orders", new Bandwidth(1, AN_HOUR));
        List<String> hostile = List.of(
                "x".repeat(1_000_000),
                "ann:key:bob",
                "{}",
                "",
                "a\r\nFLUSHALL\r\n",
                "\u0000",
                "\ud800",
                "\udfff",
                "*",
                "ä");

        for (String key : hostile) {
            assertThat(take(limit, key, 1, Duration.ZERO)).isZero();
            assertThat(take(limit, key, 1, Duration.ZERO)).isNegative();
        }

        assertThat(commands.keys("*"))
                .hasSize(hostile.size())
                .allMatch(key -> key.matches("test:orders:(key:|sha256:[0-9a-f]{64})"));
    }

    @Test
    void whenABucketIsLeftAlone_thenItExpiresWhenItWouldBeFullAgain() {
        SharedLimit limit = limit("orders", new Bandwidth(60, Duration.ofMinutes(1)));

        take(limit, 1);
        assertThat(commands.pttl("test:orders")).isBetween(1_000L, 2_010L);
        take(limit, 59);
        assertThat(commands.pttl("test:orders")).isBetween(50_000L, 61_010L);
    }

    @Test
    void whenTheSettingsChange_thenWhatHasBeenUsedStaysUsed() {
        Bandwidth hourly = new Bandwidth(1000, AN_HOUR);
        Duration day = Duration.ofDays(1);
        SharedLimit old = limit("orders", new Bandwidth(10, day), hourly);
        SharedLimit strict = limit("orders", new Bandwidth(4, day), hourly);
        SharedLimit generous = limit("orders", new Bandwidth(20, day), hourly);
        take(old, 3);

        assertThat(take(strict, 1)).isZero();
        assertThat(strict.available()).hasValue(3);
        assertThat(take(generous, 1)).isZero();
        assertThat(generous.available()).hasValue(2);
        assertThat(take(old, 2)).isZero();
        assertThat(take(strict, 1)).isNegative();
        assertThat(take(generous, 1)).isNegative();
    }

    @Test
    void whenTheLimitIsWarmedUp_thenNothingIsTaken() {
        limit("orders", new Bandwidth(3, AN_HOUR));

        limits.warmUp();

        assertThat(take(limit("orders", new Bandwidth(3, AN_HOUR)), 3)).isZero();
    }

    @Test
    void whenAKeyHoldsSomethingElse_thenTheStoreHasFailed() {
        commands.lpush("test:orders", "not a bucket");

        assertThat(limit("orders", new Bandwidth(3, AN_HOUR)).take(null, 1, 0))
                .failsWithin(PATIENT)
                .withThrowableThat()
                .withMessageContaining("WRONGTYPE");
    }

    @Test
    void whenAllAnswersAreThere_thenNothingIsKeptInThisProcess() {
        RedisSharedLimit limit = (RedisSharedLimit) limit("orders", new Bandwidth(1, AN_HOUR));
        for (int i = 0; i < 100; i++) {
            take(limit, "customer " + i, 1, Duration.ZERO);
        }

        assertThat(limit.lanesInUse()).isZero();
    }

    private static SharedLimit limit(String name, Bandwidth... bandwidths) {
        return limits.limit(name, List.of(bandwidths), PATIENT);
    }

    private static long take(SharedLimit limit, int permits) {
        return take(limit, null, permits, Duration.ZERO);
    }

    private static long take(SharedLimit limit, String key, int permits, Duration longestWait) {
        return limit.take(key, permits, longestWait.toNanos())
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static double minutes(long nanos) {
        return nanos / 6e10;
    }
}

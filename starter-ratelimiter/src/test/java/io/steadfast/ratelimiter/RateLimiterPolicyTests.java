package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;

import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;

class RateLimiterPolicyTests {

    @Test
    void whenThePermitsOfAPeriodAreUsedUp_thenCallsAreRefusedUntilTheNext() {
        Bench bench = new Bench(Bench.tenASecond());
        assertThat(bench.admitted(null)).isEqualTo(10);
        bench.advance(Duration.ofMillis(999));
        assertThat(bench.admitted(null)).isZero();
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.admitted(null)).isEqualTo(10);
    }

    @Test
    void whenRefused_thenTheRefusalNamesTheCallAndWhenToComeBack() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.admitted(null);
        bench.advance(Duration.ofMillis(600));
        RateLimitedException refusal = bench.refusal(Call.of("geocoder"));
        assertThat(refusal.callName()).isEqualTo("geocoder");
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(400));
        assertThat(refusal).hasMessage("Call 'geocoder' was refused: its rate limit is used up; try again in 400 ms");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Test
    void whenSeveralPermitsDoNotFit_thenComingBackWhenToldToIsEnoughForAllOfThem() {
        Bench bench = new Bench(Bench.tenASecond());
        bench.acquire(4);
        bench.advance(Duration.ofMillis(300));
        Call big = Bench.call(7, null);
        Duration comeBack = bench.refusal(big).retryAfter().orElseThrow();
        assertThat(comeBack).isEqualTo(Duration.ofMillis(700));
        bench.advance(comeBack.minusNanos(1));
        assertThat(bench.isAdmitted(big)).isFalse();
        bench.advance(Duration.ofNanos(1));
        assertThat(bench.isAdmitted(big)).isTrue();
    }

    @Test
    void whenACallMayWait_thenItIsToldHowLongAndNothingBlocks() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofMillis(500)));
        bench.admitted(null); // the eleventh would have to wait for a second, which is too long
        bench.advance(Duration.ofMillis(600));
        Permit permit = bench.acquire(1);
        assertThat(permit).isInstanceOfSatisfying(Reservation.class, turn -> {
            assertThat(turn.waitNanos()).isEqualTo(Duration.ofMillis(400).toNanos());
            assertThat(turn.mayComeEarly()).isFalse();
        });
        bench.assertSnapshot("waiting", 1);
        assertThat(((Reservation) permit).claim(Call.of("geocoder"))).isNotInstanceOf(Reservation.class);
        bench.assertSnapshot("waiting", 0);
    }

    @Test
    void whenTheWaitWouldBeTooLong_thenRetryAfterIsWhenItWouldFit() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofMillis(300)));
        bench.admitted(null);
        RateLimitedException refusal = bench.refusal(Call.of("geocoder"));
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(700));
        bench.advance(Duration.ofMillis(700));
        assertThat(bench.acquire(1)).isInstanceOf(Reservation.class);
    }

    @Test
    void whenAWaitIsGivenUp_thenItsPermitsAreThereForTheNext() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofSeconds(1)));
        bench.acquire(10);
        Reservation turn = (Reservation) bench.acquire(10);
        assertThat(bench.refusal(Call.of("geocoder")).retryAfter()).contains(Duration.ofSeconds(1));
        turn.withdraw(Call.of("geocoder"));
        bench.assertSnapshot("waiting", 0);
        assertThat(bench.acquire(10)).isInstanceOf(Reservation.class);
    }

    @Test
    void whenSomebodyElseWaitsBehindAWaitThatIsGivenUp_thenThatOnesTimeStands() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofSeconds(1)));
        bench.acquire(10);
        Reservation first = (Reservation) bench.acquire(5);
        Reservation second = (Reservation) bench.acquire(5);
        first.withdraw(Call.of("geocoder"));
        assertThat(second.waitNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.admitted(null)).as("5 waited and 5 are spent").isZero();
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.admitted(null)).isEqualTo(10);
    }

    /** A thread may be stopped between reading the clock and taking its permit, and go on when others are in a later period. */
    @Test
    void whenTheClockWasReadTooEarly_thenItIsReadAgainBeforeTheCallIsRefused() {
        Queue<Long> readings = new ArrayDeque<>(List.of(0L, 1_200_000_000L, 900_000_000L, 1_300_000_000L));
        RateLimiterPolicy limiter = new RateLimiterPolicy(
                new PolicyId(RateLimiterPolicy.KIND, "geocoder"),
                Bench.tenASecond().build(),
                new PolicyRuntime(readings::remove, Timer.system(), ResilienceListener.NONE));
        limiter.acquire(Call.of("geocoder"));
        limiter.acquire(Call.of("geocoder"));
        assertThat(readings).isEmpty();
    }

    @Test
    void whenMoreIsAskedThanCanEverBeHad_thenTheRefusalSaysSoAndGivesNoFalseHope() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofMillis(1500)));
        assertThat(bench.acquire(20)).isInstanceOf(Reservation.class);
        RateLimitedException refusal = bench.refusal(Bench.call(21, null));
        assertThat(refusal.retryAfter()).isEmpty();
        assertThat(refusal)
                .hasMessage(
                        "Call 'geocoder' was refused: it takes 21 permits, but its rate limit has 10 in a period and "
                                + "lets no call wait longer than 1500ms");
    }

    @Test
    void whenACallEndsInAnyWay_thenItsPermitIsSpent() {
        Bench bench = new Bench(Bench.tenASecond());
        Call call = Call.of("geocoder");
        bench.acquire(1).succeeded(call, 0, "ok");
        bench.acquire(1).failed(call, 0, new IOException("down"));
        bench.acquire(1).abandoned(call);
        bench.assertSnapshot("available", 7L);
    }

    @Test
    void whenAskedForItsState_thenNothingIsBelowZero() {
        Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofSeconds(5)));
        bench.acquire(10);
        bench.acquire(10);
        bench.acquire("a");
        bench.acquire("b");
        for (int i = 0; i < 10; i++) {
            bench.acquire("c");
        }
        assertThat(bench.limiter.snapshot())
                .containsExactly(
                        Map.entry("available", 0L),
                        Map.entry("limit", 10),
                        Map.entry("limit-for-period", 10),
                        Map.entry("waiting", 1),
                        Map.entry("keys", 3),
                        Map.entry("used-up-keys", 1));
    }

    @Test
    void whenACallHasAKey_thenEachKeyHasTheWholeLimit() {
        Bench bench = new Bench(Bench.tenASecond());
        assertThat(bench.admitted("ann")).isEqualTo(10);
        assertThat(bench.admitted("bob")).isEqualTo(10);
        assertThat(bench.admitted("ann")).isZero();
        assertThat(bench.admitted(null))
                .as("those without a key have one limit together")
                .isEqualTo(10);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.admitted("ann")).isEqualTo(10);
    }

    @Test
    void whenMethodsTakeTheSameKeyAsDifferentTypes_thenItIsTheSameCustomer() {
        Bench bench = new Bench(Bench.tenASecond());
        for (Object key : List.of(7, 7L, "7", (short) 7, new StringBuilder("7"))) {
            bench.limiter.acquire(keyed(call -> key));
            bench.limiter.acquire(keyed(call -> key));
        }
        assertThat(bench.isAdmitted(keyed(call -> 7L))).isFalse();
        UUID id = UUID.randomUUID();
        assertThat(bench.isAdmitted(keyed(call -> id))).isTrue();
        assertThat(bench.isAdmitted(keyed(call -> new int[] {7, 8}))).isTrue();
        bench.assertSnapshot("keys", 3);
    }

    @Test
    void whenTheKeyCannotBeWorkedOut_thenTheCallIsRefusedAndNoFailureOfTheTarget() {
        Bench bench = new Bench(Bench.tenASecond());
        IllegalStateException cause = new IllegalStateException("no customer");
        RateLimitedException refusal = bench.refusal(keyed(call -> {
            throw cause;
        }));
        assertThat(refusal).hasCause(cause);
        assertThat(refusal)
                .hasMessage(
                        "Call 'geocoder' was refused: the key of its rate limit could not be worked out: no customer");
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void whenAKeyHasNoTextOfItsOwn_thenItIsRefusedInsteadOfGettingANewLimitEachTime() {
        Bench bench = new Bench(Bench.tenASecond());
        assertThat(bench.refusal(keyed(call -> new Object())))
                .hasMessageContaining("A key of type java.lang.Object cannot be told from others");
        bench.assertSnapshot("keys", 0);
    }

    @Test
    void whenAKeyIsVeryLong_thenADigestOfItIsKept() {
        String left = "x".repeat(1_000_000) + "left";
        String right = "x".repeat(1_000_000) + "right";
        assertThat(KeyText.of(left)).hasSizeLessThan(80).isEqualTo(KeyText.of(new StringBuilder(left)));
        assertThat(KeyText.of(right)).isNotEqualTo(KeyText.of(left));
        assertThat(KeyText.of("short")).isEqualTo("short");
    }

    @Test
    void whenAMethodTakesNoPermits_thenItIsRefused() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> new RateLimiterUse(0, null))
                .withMessage("permits must be at least 1, but is 0");
    }

    @Test
    void whenUsedWithoutSpring_thenItKeepsItsLimit() {
        RateLimiterPolicy limiter = RateLimiterPolicy.of(
                "geocoder",
                LimiterConfig.builder()
                        .limitForPeriod(2)
                        .limitRefreshPeriod(Duration.ofDays(1))
                        .build());
        limiter.acquire(Call.of("geocoder"));
        limiter.acquire(Call.of("geocoder"));
        assertThatExceptionOfType(RateLimitedException.class).isThrownBy(() -> limiter.acquire(Call.of("geocoder")));
        assertThat(limiter.id()).hasToString("rate-limiter 'geocoder'");
    }

    private static Call keyed(KeyFunction key) {
        return Call.of("geocoder", Map.of(RateLimiterUse.class, new RateLimiterUse(1, key)));
    }
}

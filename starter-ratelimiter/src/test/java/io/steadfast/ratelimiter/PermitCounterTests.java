package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class PermitCounterTests {

    private static final long SECOND = 1_000_000_000;

    private static final long START = -5 * SECOND;

    private final LiveCounter ten = new LiveCounter(10, SECOND, 2 * SECOND, START);

    @Test
    void whenPermitsAreLeft_thenTheyAreGivenUntilThereAreNone() {
        for (int call = 0; call < 10; call++) {
            assertThat(ten.counter.takeNow(START, 1)).isTrue();
        }
        assertThat(ten.counter.takeNow(START + SECOND - 1, 1)).isFalse();
        assertThat(ten.counter.takeNow(START + SECOND, 1)).isTrue();
    }

    @Test
    void whenPermitsAreLeftOverAtTheEndOfAPeriod_thenTheyAreGone() {
        assertThat(ten.available(START + 100 * SECOND)).isEqualTo(10);
    }

    @Test
    void whenACallTakesSeveral_thenTheyAreReallyUsed() {
        assertThat(ten.counter.takeNow(START, 7)).isTrue();
        assertThat(ten.available(START)).isEqualTo(3);
        assertThat(ten.counter.takeNow(START, 4)).isFalse();
        assertThat(ten.counter.takeNow(START, 3)).isTrue();
    }

    @Test
    void whenPermitsAreReserved_thenEachWaitsForTheBeginningOfItsPeriod() {
        long now = START + SECOND / 4;
        ten.counter.takeNow(now, 10);
        assertThat(ten.ask(now, 10)).isEqualTo(SECOND * 3 / 4);
        assertThat(ten.ask(now, 10)).isEqualTo(SECOND * 7 / 4);
        assertThat(ten.ask(now, 1)).as("due after 2.75 s, beyond 2 s").isEqualTo(-1);
        assertThat(ten.available(now)).isEqualTo(-20);
    }

    @Test
    void whenACallTakesMoreThanAPeriodHas_thenItWaitsForTheLastOfThem() {
        assertThat(ten.ask(START, 25)).isEqualTo(2 * SECOND);
        assertThat(ten.available(START + 2 * SECOND)).isEqualTo(5);
    }

    @Test
    void whenAReservationIsGivenBackAtOnce_thenItLeavesNoTrace() {
        ten.counter.takeNow(START, 8);
        Reserved reserved = ten.counter.reserve(START, 5, SECOND);
        assertThat(ten.available(START)).isEqualTo(-3);
        reserved.giveBack();
        assertThat(ten.available(START)).isEqualTo(2);
    }

    @Test
    void whenSomebodyHasReservedAfterIt_thenPermitsGivenBackAreSpent() {
        ten.counter.takeNow(START, 10);
        Reserved first = ten.counter.reserve(START, 4, SECOND);
        Reserved second = ten.counter.reserve(START, 6, SECOND);
        first.giveBack();
        assertThat(ten.available(START)).isEqualTo(-10);
        second.giveBack();
        assertThat(ten.available(START)).isEqualTo(-4);
    }

    @Test
    void whenReservationsAreGivenBackInReverse_thenAllAreFreeAgain() {
        ten.counter.takeNow(START, 10);
        Reserved first = ten.counter.reserve(START, 4, SECOND);
        Reserved second = ten.counter.reserve(START, 6, SECOND);
        second.giveBack();
        first.giveBack();
        assertThat(ten.available(START)).isZero();
    }

    @Test
    void whenDrained_thenThisPeriodHasNoneAndTheNextHasAll() {
        ten.counter.takeNow(START, 3);
        assertThat(ten.counter.drain(START)).isEqualTo(7);
        assertThat(ten.available(START)).isZero();
        assertThat(ten.counter.drain(START)).isZero();
        assertThat(ten.available(START + SECOND)).isEqualTo(10);
    }

    @Test
    void whenTheLimitIsRaised_thenThisPeriodHasTheDifferenceAtOnce() {
        ten.counter.takeNow(START, 10);
        ten.terms.changeLimit(15, START);
        assertThat(ten.available(START)).isEqualTo(5);
        assertThat(ten.counter.takeNow(START, 6)).isFalse();
        assertThat(ten.counter.takeNow(START, 5)).isTrue();
        assertThat(ten.available(START + SECOND)).isEqualTo(15);
    }

    @Test
    void whenTheLimitIsLowered_thenWhatWasTakenRightfullyIsNotPaidForLater() {
        ten.counter.takeNow(START, 10);
        ten.terms.changeLimit(2, START + SECOND / 2);
        assertThat(ten.available(START + SECOND / 2)).isZero();
        assertThat(ten.available(START + SECOND)).isEqualTo(2);
    }

    @Test
    void whenTheLimitIsLowered_thenUnusedPermitsBeyondItAreGone() {
        ten.counter.takeNow(START, 1);
        ten.terms.changeLimit(3, START);
        assertThat(ten.available(START)).isEqualTo(2);
    }

    @Test
    void whenTheLimitChangesWhileCallsWait_thenNewCallsComeAfterThem() {
        ten.counter.takeNow(START, 10);
        Reserved waiting = ten.counter.reserve(START, 8, SECOND);
        ten.terms.changeLimit(4, START);
        assertThat(waiting.waitNanos()).isEqualTo(SECOND);
        assertThat(ten.available(START)).isEqualTo(-8);
        assertThat(ten.ask(START, 1)).as("8 wait for two periods of 4").isEqualTo(-1);
        assertThat(ten.available(START + 2 * SECOND)).isZero();
        assertThat(ten.available(START + 3 * SECOND)).isEqualTo(4);
        waiting.giveBack();
        assertThat(ten.available(START)).as("spent since the change").isEqualTo(-8);
    }

    @Test
    void whenTheTimeoutChanges_thenItActsAtOnce() {
        ten.counter.takeNow(START, 10);
        ten.terms.changeTimeout(Duration.ZERO);
        assertThat(ten.ask(START, 1)).isEqualTo(-1);
        ten.terms.changeTimeout(Duration.ofSeconds(1));
        assertThat(ten.ask(START, 1)).isEqualTo(SECOND);
    }

    @Test
    void whenAChangeMakesNoSense_thenItIsRefusedAndNothingChanges() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> ten.terms.changeLimit(0, START))
                .withMessage("limit-for-period must be at least 1, but is 0");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> ten.terms.changeTimeout(Duration.ofSeconds(-1)))
                .withMessage("timeout-duration must not be negative, but is -1s");
        assertThat(ten.available(START)).isEqualTo(10);
    }

    /** Two billion permits a nanosecond: the number of the next one outgrows a long within seconds. */
    @Test
    void whenNumbersGrowTooHigh_thenCountingBeginsAnewAndNothingIsLost() {
        LiveCounter vast = new LiveCounter(Integer.MAX_VALUE, 1, 0, START);
        long now = START;
        for (int leap = 0; leap < 100; leap++) {
            assertThat(vast.counter.takeNow(now, Integer.MAX_VALUE)).isTrue();
            assertThat(vast.counter.takeNow(now, 1)).isFalse();
            now += SECOND * 3600 * leap + 1;
        }
        assertThat(vast.available(now)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whenCountingBeginsAnew_thenPeriodsBeginWhenTheyDidBefore() {
        long milli = SECOND / 1000;
        LiveCounter vast = new LiveCounter(Integer.MAX_VALUE, milli, milli, START);
        long now = START + Duration.ofDays(20).toNanos() + milli / 4;
        assertThat(vast.counter.takeNow(now, Integer.MAX_VALUE)).isTrue();
        assertThat(vast.ask(now, 1)).isEqualTo(milli * 3 / 4);
    }

    @Test
    void whenACounterIsRetired_thenItGivesNothingToAnybody() {
        assertThat(ten.counter.retire(0, START)).isTrue();
        assertThat(ten.counter.isRetired()).isTrue();
        assertThat(ten.counter.takeNow(START, 1)).isFalse();
        assertThat(ten.counter.reserve(START, 1, SECOND)).isNull();
        assertThat(ten.counter.drain(START)).isZero();
        assertThat(ten.counter.waitNanos(START, 1)).isZero();
        assertThat(ten.counter.retire(0, START)).as("a second time").isFalse();
        ten.terms.changeLimit(20, START);
        assertThat(ten.counter.takeNow(START, 1)).isFalse();
    }

    @Test
    void whenACounterIsInUse_thenItIsNotRetiredForBeingIdle() {
        ten.counter.takeNow(START, 1);
        assertThat(ten.counter.retire(0, START)).isFalse();
        assertThat(ten.counter.retire(0, START + SECOND)).isTrue();
    }

    @Test
    void whenItIsKnownThatPermitsCanNeverBeHad_thenTheTermsSaySo() {
        assertThat(ten.terms.canEverGive(10)).isTrue();
        assertThat(ten.terms.canEverGive(30)).isTrue();
        assertThat(ten.terms.canEverGive(31)).isFalse();
    }
}

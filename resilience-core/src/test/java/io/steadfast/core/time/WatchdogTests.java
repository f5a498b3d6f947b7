package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The watchdog without a thread: every look it takes is the test's. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class WatchdogTests {

    private static final long MILLI = 1_000_000L;

    private static final long SECOND = 1_000 * MILLI;

    private final HandWatchdog hand = new HandWatchdog();

    private final AtomicInteger rings = new AtomicInteger();

    private final Alarm alarm = hand.alarm(rings::incrementAndGet);

    @Test
    void whenItsTimeComes_thenItRingsOnceAndNotBefore() {
        for (long delay : new long[] {1, MILLI, 99 * MILLI, 101 * MILLI, 2 * SECOND, 3_600 * SECOND}) {
            rings.set(0);
            hand.pass(Watchdog.PAUSE);
            alarm.set(delay);
            hand.pass(delay - 1);
            assertThat(rings).as("a nanosecond before %d", delay).hasValue(0);
            hand.pass(1 + Watchdog.PAUSE);
            assertThat(rings).as("after %d", delay).hasValue(1);
            hand.pass(10 * SECOND);
            assertThat(rings).hasValue(1);
            assertThat(alarm.clear()).isFalse();
        }
    }

    @Test
    void whenDelayIsZeroNegativeOrEndless_thenItRingsAtOnceOrNever() {
        alarm.set(0);
        hand.pass(Watchdog.PAUSE);
        assertThat(rings).hasValue(1);
        alarm.clear();
        alarm.set(Long.MIN_VALUE);
        hand.pass(Watchdog.PAUSE);
        assertThat(rings).hasValue(2);
        alarm.clear();
        alarm.set(Long.MAX_VALUE);
        hand.pass(3_600 * SECOND);
        assertThat(rings).hasValue(2);
        assertThat(alarm.clear()).isTrue();
    }

    @Test
    void whenCleared_thenItNeverRings() {
        alarm.set(50 * MILLI);
        hand.pass(49 * MILLI);
        assertThat(alarm.clear()).isTrue();
        hand.pass(SECOND);
        assertThat(rings).hasValue(0);
    }

    @Test
    void whenNotSet_thenClearingSaysThatItHasNotRung() {
        assertThat(alarm.clear()).isTrue();
        alarm.set(0);
        hand.pass(MILLI);
        assertThat(alarm.clear()).isFalse();
        assertThat(alarm.clear()).isTrue();
    }

    @Test
    void whenClearedAndSetAgain_thenItDoesNotRingForTheOldSetting() {
        alarm.set(50 * MILLI);
        hand.pass(10 * MILLI); // the watchdog has the setting in mind
        alarm.clear();
        alarm.set(5 * SECOND);
        hand.pass(4 * SECOND);
        assertThat(rings).hasValue(0);
        hand.pass(SECOND + MILLI);
        assertThat(rings).hasValue(1);
    }

    @Test
    void whenReadingOfItsOwnClockIsGiven_thenTimeRunsFromThereAndTheClockIsNotReadAgain() {
        hand.pass(SECOND);
        long before = hand.now();
        hand.pass(300 * MILLI);
        int reads = hand.clockReads;
        alarm.setFrom(hand, before, SECOND);
        assertThat(hand.clockReads).isEqualTo(reads);
        hand.pass(700 * MILLI - 1);
        assertThat(rings).hasValue(0);
        hand.pass(1 + Watchdog.PAUSE);
        assertThat(rings).hasValue(1);
    }

    @Test
    void whenReadingIsOfAnotherClock_thenTimeRunsFromNow() {
        alarm.setFrom(() -> 0, 0, SECOND);
        hand.pass(SECOND - 1);
        assertThat(rings).hasValue(0);
        hand.pass(1 + Watchdog.PAUSE);
        assertThat(rings).hasValue(1);
    }

    @Test
    void whenLongAlarmsAreSetAndCleared_thenTheWatchdogIsNotWoken() {
        alarm.set(2 * SECOND);
        hand.pass(MILLI);
        int wakes = hand.wakes;
        for (int call = 0; call < 100_000; call++) {
            alarm.clear();
            alarm.set(2 * SECOND);
            hand.pass(MILLI / 10);
        }
        assertThat(hand.wakes).isEqualTo(wakes);
        assertThat(hand.turns).as("looks in ten seconds").isLessThan(110);
    }

    @Test
    void whenShortAlarmsAreSetAndCleared_thenTheWatchdogIsWokenOnceForManyOfThem() {
        for (int call = 0; call < 100_000; call++) {
            alarm.set(50 * MILLI);
            hand.pass(MILLI / 10);
            alarm.clear();
        }
        assertThat(hand.wakes).as("in ten seconds").isLessThan(10_000 / 50 + 10);
        assertThat(hand.turns).isLessThan(5 * hand.wakes);
        assertThat(rings).hasValue(0);
    }

    @Test
    void whenNothingHasBeenSetForLong_thenTheWatchdogHardlyWakesAndStillRingsInTime() {
        alarm.set(SECOND);
        alarm.clear();
        hand.pass(60 * SECOND);
        int turns = hand.turns;
        hand.pass(60 * SECOND);
        assertThat(hand.turns - turns).as("looks in a minute").isLessThanOrEqualTo(10);
        alarm.set(SECOND);
        hand.pass(Watchdog.PAUSE);
        assertThat(hand.untilNextTurn()).as("until it looks again").isLessThanOrEqualTo(Watchdog.GAP);
        alarm.clear();
        hand.pass(100 * SECOND);
        for (long delay = MILLI; delay < 100 * SECOND; delay = delay * 3 / 2) {
            rings.set(0);
            alarm.set(delay);
            hand.pass(delay + Watchdog.PAUSE);
            assertThat(rings).as("after %d", delay).hasValue(1);
            alarm.clear();
            hand.pass(100 * SECOND);
        }
    }

    @Test
    void whenManyAreDueAtDifferentTimes_thenTheyShareTurns() {
        Random random = new Random(7);
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long delay = 200 * MILLI + random.nextInt(1_000) * MILLI + random.nextInt(1_000_000);
            long due = hand.now() + delay;
            hand.alarm(() -> late.add(hand.now() - due)).set(delay);
        }
        hand.pass(2 * SECOND);
        assertThat(late).hasSize(10_000).allMatch(nanos -> nanos >= 0 && nanos <= Watchdog.PAUSE);
        assertThat(hand.turns).isLessThan(2_100);
    }

    @Test
    void whenRingThrows_thenTheOthersStillRing() {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            alarms.add(hand.alarm(() -> {
                rings.incrementAndGet();
                throw new StackOverflowError("thrown on purpose");
            }));
            alarms.get(i).set(MILLI);
        }
        hand.pass(2 * MILLI);
        assertThat(rings).hasValue(3);
        assertThat(alarms).noneMatch(Alarm::clear);
    }

    @Test
    void whenRingClearsItsAlarmAndSetsItAgain_thenItRingsAgain() {
        Alarm[] own = new Alarm[1];
        own[0] = hand.alarm(() -> {
            assertThat(own[0].clear()).isFalse();
            if (rings.incrementAndGet() < 3) {
                own[0].set(10 * MILLI);
            }
        });
        own[0].set(10 * MILLI);
        hand.pass(SECOND);
        assertThat(rings).hasValue(3);
        assertThat(own[0].clear()).isTrue();
    }

    @Test
    void whenRingGivesItsAlarmUp_thenTheNextOneGetsItUnharmed() {
        Alarm[] own = new Alarm[2];
        own[0] = hand.alarm(() -> {
            own[0].release();
            own[1] = hand.alarm(rings::incrementAndGet);
            own[1].set(10 * MILLI);
        });
        int size = hand.watchdog.size();
        own[0].set(MILLI);
        hand.pass(2 * MILLI);
        hand.pass(20 * MILLI);
        assertThat(rings).hasValue(1);
        assertThat(own[1].clear()).isFalse();
        assertThat(hand.watchdog.size()).isEqualTo(size);
    }

    @Test
    void whenReleased_thenItIsClearedAndHasNoHoldOnTheNextOne() {
        alarm.set(MILLI);
        alarm.release();
        AtomicInteger others = new AtomicInteger();
        Alarm next = hand.alarm(others::incrementAndGet);
        next.set(10 * MILLI);
        assertThat(hand.watchdog.size()).as("the slot is used again").isEqualTo(1);

        assertThatThrownBy(() -> alarm.set(1)).isInstanceOf(IllegalStateException.class);
        assertThat(alarm.clear()).isTrue();
        alarm.release();
        assertThat(hand.alarm(rings::incrementAndGet)).isNotSameAs(next);
        assertThat(hand.watchdog.size()).as("not given back twice").isEqualTo(2);
        hand.pass(20 * MILLI);
        assertThat(rings).hasValue(0);
        assertThat(others).hasValue(1);
    }

    @Test
    void whenReleasedWhileSet_thenTheNextOneDoesNotFindItRung() {
        alarm.set(MILLI);
        alarm.release();
        hand.pass(2 * MILLI);
        assertThat(hand.alarm(rings::incrementAndGet).clear()).isTrue();
        assertThat(hand.watchdog.size()).isEqualTo(1);
    }

    @Test
    void whenAMillionAreTakenAndGivenBack_thenNothingGrows() {
        for (int call = 0; call < 1_000_000; call++) {
            Alarm one = hand.alarm(rings::incrementAndGet);
            one.set(SECOND);
            one.clear();
            one.release();
        }
        hand.pass(SECOND);
        assertThat(hand.watchdog.size())
                .as("this test's alarm, and one that a million calls used")
                .isEqualTo(2);
        assertThat(rings).hasValue(0);
    }

    @Test
    void whenWatchdogCannotBeStarted_thenSettingFailsEachTimeUntilItCan() {
        hand.threadless = true;
        assertThatThrownBy(() -> alarm.set(SECOND)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> alarm.set(SECOND)).isInstanceOf(OutOfMemoryError.class);
        hand.threadless = false;
        AtomicInteger others = new AtomicInteger();
        hand.alarm(others::incrementAndGet).set(SECOND);
        hand.pass(SECOND + Watchdog.PAUSE);
        assertThat(others).hasValue(1);
        assertThat(rings).as("rings of what could not be set").hasValue(0);
        assertThat(alarm.clear()).isTrue();
    }

    @Test
    void whenTurnIsAskedForTooSoon_thenItOnlySaysHowLongToWait() {
        alarm.set(MILLI);
        hand.pass(MILLI / 10);
        int reads = hand.clockReads;
        assertThat(hand.watchdog.turn()).isBetween(1L, Watchdog.PAUSE);
        assertThat(hand.clockReads).isEqualTo(reads + 1);
    }
}

package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a few callers do, in whatever order, and however much time lies in between. */
class WatchdogPropertyTests {

    private static final int CALLERS = 5;

    @Property(tries = 500)
    void everySettingRingsOnceAndInTimeOrIsCleared(@ForAll("steps") List<Step> steps) {
        HandWatchdog hand = new HandWatchdog();
        List<Caller> callers =
                IntStream.range(0, CALLERS).mapToObj(i -> new Caller(hand)).toList();
        for (Step step : steps) {
            callers.get(step.caller()).act(step.act(), step.delay());
            hand.pass(step.pause());
            callers.forEach(Caller::check);
        }
        assertThat(hand.watchdog.size()).isLessThanOrEqualTo(CALLERS);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, CALLERS - 1), Arbitraries.of(Act.class), times(), times())
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** From nothing to a minute, each order of magnitude as likely as the others. */
    private static Arbitrary<Long> times() {
        return Combinators.combine(
                        Arbitraries.of(
                                0L, 1_000L, 1_000_000L, 30_000_000L, 300_000_000L, 3_000_000_000L, 60_000_000_000L),
                        Arbitraries.doubles().between(0, 1))
                .as((most, part) -> (long) (most * part));
    }

    private enum Act {
        SET,
        SET_FROM_EARLIER,
        CLEAR,
        RELEASE
    }

    private record Step(int caller, Act act, long delay, long pause) {}

    private static final class Caller {

        private final HandWatchdog hand;

        private Alarm alarm;

        private boolean set;

        private long due;

        private int rings;

        Caller(HandWatchdog hand) {
            this.hand = hand;
            this.alarm = hand.alarm(this::ring);
        }

        void act(Act act, long delay) {
            if (set) {
                assertThat(alarm.clear()).isEqualTo(rings == 0);
                set = false;
            }
            switch (act) {
                case SET -> {
                    expect(hand.now() + delay);
                    alarm.set(delay);
                }
                case SET_FROM_EARLIER -> {
                    long earlier = hand.now() - 200_000_000L;
                    expect(earlier + delay);
                    alarm.setFrom(hand, earlier, delay);
                }
                case CLEAR -> assertThat(alarm.clear()).isTrue();
                case RELEASE -> {
                    alarm.release();
                    alarm = hand.alarm(this::ring);
                }
            }
        }

        private void expect(long time) {
            set = true;
            due = time - hand.now() < 0 ? hand.now() : time;
            rings = 0;
        }

        private void ring() {
            assertThat(set).as("set").isTrue();
            assertThat(++rings).isEqualTo(1);
            assertThat(hand.now() - due).as("late").isBetween(0L, Watchdog.PAUSE);
        }

        void check() {
            if (set && hand.now() - due > Watchdog.PAUSE) {
                assertThat(rings).as("rings after its time").isEqualTo(1);
            }
        }
    }
}

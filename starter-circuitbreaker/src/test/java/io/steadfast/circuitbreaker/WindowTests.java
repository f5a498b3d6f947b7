package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.test.ManualTicker;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowTests {

    private static final Thresholds HALF_OF_FOUR = new Thresholds(4, 50, 100);

    private final ManualTicker ticker = new ManualTicker();

    private static void good(Window window, int calls) {
        for (int call = 0; call < calls; call++) {
            window.record(false, false);
        }
    }

    @Test
    void whenTheWindowIsFullOfGoodCalls_thenAFailureIsStillForgottenAfterExactlySoManyMore() {
        CountWindow window = new CountWindow(4, HALF_OF_FOUR);
        good(window, 1_001);
        window.record(true, false);
        good(window, 3);
        assertThat(window.totals()).isEqualTo(new Totals(4, 1, 0, 0));
        good(window, 1);
        assertThat(window.totals()).isEqualTo(new Totals(4, 0, 0, 0)).isEqualTo(window.recount());
    }

    @Test
    void whenSlowCallsAreInTheWindow_thenGoodOnesPushThemOut() {
        CountWindow window = new CountWindow(4, HALF_OF_FOUR);
        good(window, 4);
        window.record(false, true);
        window.record(true, true);
        assertThat(window.totals()).isEqualTo(new Totals(4, 1, 2, 1));
        good(window, 4);
        assertThat(window.totals()).isEqualTo(new Totals(4, 0, 0, 0));
    }

    @Test
    void whenASecondIsOver_thenItsCallsStayUntilTheWindowHasPassedThem() {
        TimeWindow window = new TimeWindow(3, HALF_OF_FOUR, ticker);
        window.record(true, true);
        ticker.advance(Duration.ofMillis(2_999));
        window.record(false, false);
        assertThat(window.totals()).isEqualTo(new Totals(2, 1, 1, 1));
        ticker.advance(Duration.ofMillis(1));
        assertThat(window.totals()).isEqualTo(new Totals(1, 0, 0, 0));
    }

    @Test
    void whenNobodyCallsForLongerThanTheWindow_thenTheNextCallIsAloneInIt() {
        TimeWindow window = new TimeWindow(3, HALF_OF_FOUR, ticker);
        for (int call = 0; call < 3; call++) {
            window.record(true, false);
        }
        ticker.advance(Duration.ofDays(300));
        assertThat(window.record(true, false)).isFalse();
        assertThat(window.totals()).isEqualTo(new Totals(1, 1, 0, 0));
    }

    @Test
    void whenACallEnds_thenTheClockIsReadOnceByTimeAndNeverByCount() {
        AtomicInteger readings = new AtomicInteger();
        Window byTime = new TimeWindow(3, HALF_OF_FOUR, () -> {
            readings.incrementAndGet();
            return ticker.nanos();
        });
        readings.set(0);
        byTime.record(true, true);
        assertThat(readings).hasValue(1);
    }

    @Test
    void whenManySecondsPass_thenOnlyThoseOfTheWindowAreKept() {
        TimeWindow window = new TimeWindow(3, HALF_OF_FOUR, ticker);
        for (int second = 0; second < 50; second++) {
            window.record(false, false);
            ticker.advance(Duration.ofSeconds(1));
        }
        assertThat(window.notedSeconds()).isEqualTo(3);
    }

    @Property
    void whateverIsAddedAndTakenOff_thenAPairHoldsTheDifferences(
            @ForAll long start,
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int first,
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int second) {
        long sum = start + first * Pair.FIRST + second * Pair.SECOND; // may overflow, in each of its halves
        assertThat(Pair.first(sum - start)).isEqualTo(first);
        assertThat(Pair.second(sum - start)).isEqualTo(second);
    }
}

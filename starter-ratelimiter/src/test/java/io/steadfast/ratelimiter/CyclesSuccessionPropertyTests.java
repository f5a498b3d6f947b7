package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What becomes of the present period when its length and its limit change, with any numbers. */
class CyclesSuccessionPropertyTests {

    private static final long LONGEST = 1_000_000;

    @Property
    void thePresentMomentIsInTheFirstPeriodWhichEndsNoLaterThanBothSay(
            @ForAll @LongRange(min = -LONGEST, max = LONGEST) long origin,
            @ForAll @LongRange(min = 0, max = 10 * LONGEST) long elapsed,
            @ForAll @LongRange(min = 1, max = LONGEST) long period,
            @ForAll @LongRange(min = 1, max = LONGEST) long newPeriod,
            @ForAll @IntRange(min = 1, max = 1000) int limit) {
        long now = origin + elapsed;
        long endOfOld = origin + (elapsed / period + 1) * period;

        Cycles later = new Cycles(origin, period, limit).from(now, newPeriod, limit);
        long end = now + later.waitNanos(limit, now); // when the first permit of the second period is due

        assertThat(later.sinceNanos()).isEqualTo(now);
        assertThat(later.start(now)).isZero();
        assertThat(end).isGreaterThan(now);
        if (newPeriod <= period) {
            assertThat(end).isEqualTo(Math.min(endOfOld, now + newPeriod));
        } else {
            assertThat(end).isEqualTo(endOfOld - period + newPeriod);
        }
    }

    @Property
    void noMoreIsGivenInThePeriodThanTheLargestLimitItHad(
            @ForAll @IntRange(min = 1, max = 500) int first,
            @ForAll @IntRange(min = 1, max = 500) int second,
            @ForAll @IntRange(min = 1, max = 500) int third,
            @ForAll @IntRange(min = 0, max = 500) int wanted,
            @ForAll @LongRange(min = 1, max = 2000) long secondPeriod,
            @ForAll @LongRange(min = 0, max = 999) long now) {
        Terms terms = new Terms(settings(first, 1000), 0);
        PermitCounter counter = new PermitCounter(terms, 0);
        int given = take(counter, now, wanted);
        terms.goBy(settings(second, secondPeriod), now);
        given += take(counter, now, wanted);
        terms.goBy(settings(third, 1000), now);
        given += take(counter, now, Integer.MAX_VALUE);

        int most = Math.max(third, Math.max(Math.min(first, wanted), Math.min(second, 2 * wanted)));
        assertThat(given).isBetween(third, most);
    }

    private static int take(PermitCounter counter, long now, int wanted) {
        int taken = 0;
        while (taken < wanted && counter.takeNow(now, 1)) {
            taken++;
        }
        return taken;
    }

    private static LimiterConfig settings(int limit, long periodNanos) {
        return LimiterConfig.builder()
                .limitForPeriod(limit)
                .limitRefreshPeriod(Duration.ofNanos(periodNanos))
                .build();
    }
}

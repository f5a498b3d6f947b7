package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The arithmetic, against that of numbers which cannot overflow: any limit, any period, years of uptime, any clock. */
class CyclesPropertyTests {

    private static final long CENTURY = Duration.ofDays(36_500).toNanos();

    @Property
    void whenNumbersAreLowEnough_thenStartIsCyclesTimesLimit(
            @ForAll("cycles") Given given, @ForAll("elapsed") long elapsed) {
        long start = given.cycles().start(given.origin + elapsed);
        BigInteger exact = BigInteger.valueOf(elapsed / given.period).multiply(BigInteger.valueOf(given.limit));
        if (start >= 0) {
            assertThat(start).isEqualTo(exact.longValueExact());
        } else {
            assertThat(exact).isGreaterThan(BigInteger.TWO.pow(60));
        }
    }

    @Property
    void whenAPermitIsDueLater_thenTheWaitEndsExactlyWhenItsPeriodBegins(
            @ForAll("cycles") Given given,
            @ForAll("elapsed") long elapsed,
            @ForAll @LongRange(min = 0, max = 1L << 62) long permit) {
        long wait = given.cycles().waitNanos(permit, given.origin + elapsed);
        BigInteger due = BigInteger.valueOf(permit / given.limit).multiply(BigInteger.valueOf(given.period));
        BigInteger exact = due.subtract(BigInteger.valueOf(elapsed)).max(BigInteger.ZERO);
        if (exact.bitLength() < 62) {
            assertThat(wait).isEqualTo(exact.longValueExact());
        } else {
            assertThat(wait).as("longer than any wait allowed").isGreaterThan(LimiterConfig.LONGEST.toNanos());
        }
    }

    @Property
    void whenPermitsAreTaken_thenOnlyThoseOfThisPeriodAndLaterOnesCount(
            @ForAll("cycles") Given given,
            @ForAll("elapsed") long elapsed,
            @ForAll @LongRange(min = 0, max = 1L << 62) long next) {
        BigInteger start = BigInteger.valueOf(elapsed / given.period).multiply(BigInteger.valueOf(given.limit));
        BigInteger exact = BigInteger.valueOf(next).subtract(start).max(BigInteger.ZERO);
        assertThat(given.cycles().taken(next, given.origin + elapsed)).isEqualTo(exact.longValueExact());
    }

    @Property
    void whenCountedAnew_thenPeriodsBeginWhenTheyDidBefore(
            @ForAll("cycles") Given given, @ForAll("elapsed") long elapsed, @ForAll @IntRange(max = 1000) int later) {
        long now = given.origin + elapsed;
        Cycles anew = given.cycles().from(now, given.limit);
        assertThat(anew.start(now)).isZero();
        long intoPeriod = elapsed % given.period;
        assertThat(anew.waitNanos(given.limit, now)).isEqualTo(given.period - intoPeriod);
        assertThat(anew.start(now + given.period - intoPeriod + later))
                .isEqualTo((1 + later / given.period) * given.limit);
    }

    @Property
    void whenTheClockGoesOn_thenWaitsForAPermitOnlyGetShorter(
            @ForAll("cycles") Given given,
            @ForAll @Size(max = 20) long[] pauses,
            @ForAll @LongRange(min = 0, max = 100_000) long permit) {
        Cycles cycles = given.cycles();
        long now = given.origin;
        long wait = cycles.waitNanos(permit, now);
        for (long pause : pauses) {
            now += Math.floorMod(pause, Math.min(3 * given.period, CENTURY / 20));
            long next = cycles.waitNanos(permit, now);
            assertThat(next).isLessThanOrEqualTo(wait);
            wait = next;
        }
    }

    /** A thread may be stopped between reading the clock and asking. */
    @Test
    void whenAReadingIsOlderThanTheFirstPeriod_thenItCountsAsOfThatPeriod() {
        Cycles cycles = new Cycles(1000, 100, 5);
        assertThat(cycles.start(900)).isZero();
        assertThat(cycles.waitNanos(4, 900)).isZero();
        assertThat(cycles.waitNanos(5, 900)).isEqualTo(200);
    }

    @Provide
    Arbitrary<Given> cycles() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(1, 10),
                                Arbitraries.longs().between(1, LimiterConfig.LONGEST.toNanos())),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(1, 10),
                                Arbitraries.integers().between(1, Integer.MAX_VALUE)))
                .as(Given::new);
    }

    @Provide
    Arbitrary<Long> elapsed() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 1000), Arbitraries.longs().between(0, CENTURY));
    }

    record Given(long origin, long period, int limit) {

        Cycles cycles() {
            return new Cycles(origin, period, limit);
        }
    }
}

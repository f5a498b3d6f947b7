package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PeakEwmaPropertyTests {

    private static final long HOUR = 3_600_000;

    private static final long DAY_NANOS = 86_400_000_000_000L;

    @Property
    void whenASampleIsTheLargest_thenItIsTheMeanAtOnce(
            @ForAll @LongRange(min = 1, max = DAY_NANOS) long one,
            @ForAll @LongRange(min = 1, max = DAY_NANOS) long other,
            @ForAll @LongRange(max = HOUR) long later) {
        long mean = PeakEwma.with(PeakEwma.with(0, 0, Math.min(one, other)), later, Math.max(one, other));
        assertThat(PeakEwma.at(mean, later)).isCloseTo(Math.max(one, other), within(1e-6 * DAY_NANOS));
    }

    @Property
    void whenASampleIsSmaller_thenTheMeanFollowsByTheTimePassed(
            @ForAll @LongRange(min = 1_000, max = DAY_NANOS) long high,
            @ForAll @LongRange(min = 1, max = 999) long low,
            @ForAll @LongRange(max = HOUR) long later) {
        long mean = PeakEwma.with(PeakEwma.with(0, 0, high), later, low);
        double weight = Math.exp(-(double) later / PeakEwma.DECAY_MILLIS);
        double expected = high * weight + low * (1 - weight);
        assertThat(PeakEwma.at(mean, later)).isCloseTo(expected, within(1 + expected * 1e-4));
    }

    @Property
    void whenNothingIsHeard_thenTheMeanFadesAndNeverGrows(
            @ForAll @LongRange(min = 1, max = DAY_NANOS) long sample,
            @ForAll @LongRange(max = HOUR) long sooner,
            @ForAll @LongRange(max = HOUR) long more) {
        long mean = PeakEwma.with(0, 0, sample);
        assertThat(PeakEwma.at(mean, sooner + more)).isLessThanOrEqualTo(PeakEwma.at(mean, sooner) * (1 + 1e-4));
        assertThat(PeakEwma.at(mean, sooner)).isBetween(0.0, sample * (1 + 1e-6) + 1);
    }

    @Property
    void whenManySamplesCome_thenTheMeanStaysAmongThem(
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long base, @ForAll Random random) {
        long mean = 0;
        long now = random.nextInt(Integer.MAX_VALUE);
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(2000);
            mean = PeakEwma.with(mean, now, base + random.nextInt(1000));
            assertThat(PeakEwma.at(mean, now)).isBetween(base * (1 - 1e-5), (base + 1000) * (1 + 1e-5));
        }
    }
}

package io.steadfast.spring.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class LatenciesTests {

    private final Latencies latencies = new Latencies();

    @Test
    void whenTimesAreSpreadEvenly_thenQuantilesAreNear() {
        for (int millis = 1; millis <= 1000; millis++) {
            latencies.record(3, TimeUnit.MILLISECONDS.toNanos(millis));
        }

        Latencies.Distribution read = latencies.read(3);

        assertThat(read.quantile(0.5)).isCloseTo(500, withPercentage(6));
        assertThat(read.quantile(0.95)).isCloseTo(950, withPercentage(6));
        assertThat(read.quantile(0.99)).isCloseTo(990, withPercentage(6));
        assertThat(read.max()).isEqualTo(1000);
    }

    @Test
    void whenAMinuteHasPassed_thenNothingIsLeft() {
        latencies.record(5, 1_000_000);

        assertThat(latencies.read(59).total()).isEqualTo(1);
        assertThat(latencies.read(60).total()).isZero();
        assertThat(latencies.read(60).max()).isZero();
    }

    @Test
    void whenAPeriodComesRound_thenItBeginsAnew() {
        latencies.record(5, 9_000_000);
        latencies.record(65, 1_000_000);

        assertThat(latencies.read(65).total()).isEqualTo(1);
        assertThat(latencies.read(65).max()).isEqualTo(1);
    }

    @Test
    void whenATimeIsOffTheScale_thenItCountsAtItsEnd() {
        latencies.record(1, -5);
        latencies.record(1, Long.MAX_VALUE);

        assertThat(latencies.read(1).total()).isEqualTo(2);
        assertThat(Latencies.bucket(-5)).isZero();
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(191);
    }

    @Test
    void whenTimesGrow_thenBucketsNeverFall() {
        int last = 0;
        for (long nanos = 1; nanos < TimeUnit.MINUTES.toNanos(3); nanos += nanos / 20 + 1) {
            assertThat(Latencies.bucket(nanos)).isBetween(last, last + 2);
            last = Latencies.bucket(nanos);
        }
    }
}

package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTests {

    private static final long WINDOW = 60_000;

    private final Latencies latencies = new Latencies(WINDOW, 500);

    private long totalAt(long age) {
        latencies.moveOn(500 + age);
        return latencies.counts().total();
    }

    @Test
    void whenItIsNotTimeYet_thenNothingIsCounted() {
        latencies.record(1);
        assertThat(latencies.moveOn(500 + WINDOW / 20 - 1)).isFalse();
        assertThat(latencies.counts().total()).isZero();
        assertThat(latencies.moveOn(500 + WINDOW / 20)).isTrue();
        assertThat(latencies.counts().total()).isEqualTo(1);
    }

    @Test
    void whenTheWindowMovesOn_thenWhatIsOlderIsForgotten() {
        latencies.record(1);
        assertThat(totalAt(10_000)).isEqualTo(1);
        latencies.record(1);
        assertThat(totalAt(59_999)).isEqualTo(2);
        assertThat(totalAt(63_000)).as("the first slice is gone").isEqualTo(1);
        assertThat(totalAt(73_000)).isZero();
    }

    @Test
    void whenNothingHappensForLong_thenAllIsForgotten() {
        latencies.record(1);
        assertThat(totalAt(10 * WINDOW)).isZero();
        latencies.record(1);
        assertThat(totalAt(10 * WINDOW + 5_000)).isEqualTo(1);
    }
}

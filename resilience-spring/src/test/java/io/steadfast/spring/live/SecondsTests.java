package io.steadfast.spring.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SecondsTests {

    private final Seconds seconds = new Seconds(2);

    @Test
    void whenThingsAreCounted_thenEachSecondHasItsOwn() {
        seconds.count(0, 1);
        seconds.count(1, 1);
        seconds.count(1, 1);
        seconds.count(1, 0);

        assertThat(seconds.read(0, 1)).isEqualTo(1);
        assertThat(seconds.read(1, 1)).isEqualTo(2);
        assertThat(seconds.sum(1, 60, 1)).isEqualTo(3);
        assertThat(seconds.sum(1, 1, 0)).isEqualTo(1);
    }

    @Test
    void whenASecondComesRound_thenItBeginsAnew() {
        seconds.count(1, 0);
        seconds.count(65, 0);

        assertThat(seconds.read(65, 0)).isEqualTo(1);
        assertThat(seconds.read(1, 0)).isZero();
    }

    @Test
    void whenACountIsMoreThanAMinuteLate_thenItSpoilsNothing() {
        seconds.count(65, 0);
        seconds.count(1, 0);

        assertThat(seconds.read(65, 0)).isEqualTo(1);
    }

    @Test
    void whenManyCountAtOnce_thenNoneIsLost() {
        IntStream.range(0, 100_000).parallel().forEach(number -> seconds.count(number / 10_000, 0));

        assertThat(seconds.sum(9, 10, 0)).isEqualTo(100_000);
    }
}

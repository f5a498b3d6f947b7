package io.steadfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;

class ReadableValueTests {

    @Test
    void whenDurationsAreWhole_thenTheLargestUnitIsTaken() {
        assertThat(ReadableValue.of(Duration.ofMillis(100))).isEqualTo("100ms");
        assertThat(ReadableValue.of(Duration.ofSeconds(120))).isEqualTo("2m");
        assertThat(ReadableValue.of(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(ReadableValue.of(Duration.ofNanos(5))).isEqualTo("5ns");
        assertThat(ReadableValue.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("106751991167300d");
    }

    @Property
    void whenADurationIsShown_thenBootReadsTheSame(@ForAll long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(DurationStyle.detectAndParse((String) ReadableValue.of(duration)))
                .isEqualTo(duration);
    }

    @Test
    void whenValuesHoldOthers_thenThoseAreShownToo() {
        assertThat(ReadableValue.of(List.of(String.class, Duration.ZERO)))
                .isEqualTo(List.of("java.lang.String", "0ms"));
        assertThat(ReadableValue.of(new int[] {1, 2})).isEqualTo(List.of(1, 2));
        assertThat(ReadableValue.of(Map.of("a", Duration.ofSeconds(1)))).isEqualTo(Map.of("a", "1s"));
        assertThat(ReadableValue.of(null)).isNull();
    }
}

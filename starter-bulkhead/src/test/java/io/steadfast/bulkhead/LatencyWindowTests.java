package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.steadfast.bulkhead.LatencyWindow.Reading;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencyWindowTests {

    private final LatencyWindow window = new LatencyWindow();

    @Test
    void whenCallsAreAdded_thenTheyAreCountedAndAveraged() {
        assertThat(window.add(TimeUnit.MILLISECONDS.toNanos(10), 3)).isEqualTo(1);
        assertThat(window.add(TimeUnit.MILLISECONDS.toNanos(20), 5)).isEqualTo(2);
        assertThat(window.add(TimeUnit.MILLISECONDS.toNanos(60), 4)).isEqualTo(3);
        window.full();

        assertThat(window.take()).isEqualTo(new Reading(3, TimeUnit.MILLISECONDS.toNanos(30), 5, 0, true));
        assertThat(window.take()).isEqualTo(Reading.NONE);
    }

    @Test
    void whenACallIsVeryShortOrVeryLong_thenItCountsAsAMicrosecondOrAMinute() {
        window.add(0, 1);
        assertThat(window.take().meanNanos()).isEqualTo(1000);
        window.add(-5, 1);
        assertThat(window.take().meanNanos()).isEqualTo(1000);
        window.add(Duration.ofHours(5).toNanos(), 1);
        assertThat(window.take().meanNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void whenOneInTwentyCallsIsDropped_thenTheWindowIs() {
        assertThat(reading(19, 1).isDropped()).isTrue();
        assertThat(reading(20, 1).isDropped()).isTrue();
        assertThat(reading(40, 1).isDropped()).isFalse();
        assertThat(reading(40, 2).isDropped()).isTrue();
        assertThat(reading(10, 0).isDropped()).isFalse();
    }

    private Reading reading(int calls, int drops) {
        for (int i = 0; i < calls; i++) {
            window.add(1000, 1);
        }
        for (int i = 0; i < drops; i++) {
            window.drop();
        }
        return window.take();
    }

    @Property
    void whateverIsAdded_thenNumberAndSumDoNotSpillIntoEachOther(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 1_000, max = 60_000_000_000L) Long> nanos) {
        nanos.forEach(one -> window.add(one, 1));

        Reading reading = window.take();
        double mean = nanos.stream().mapToLong(Long::longValue).average().orElseThrow();
        assertThat(reading.calls()).isEqualTo(nanos.size());
        assertThat((double) reading.meanNanos()).isBetween(mean - 1001, mean);
    }
}

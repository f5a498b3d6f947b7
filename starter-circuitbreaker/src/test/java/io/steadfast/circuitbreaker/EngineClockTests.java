package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

class EngineClockTests {

    @Test
    void whenTheTickerMoves_thenTheClockMovesByTheSame() {
        ManualTicker ticker = new ManualTicker();
        EngineClock clock = new EngineClock(ticker);
        Instant before = clock.instant();
        ticker.advance(Duration.ofSeconds(90));
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(90));
        assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(clock.instant());
    }

    @Test
    void whenTheTickerIsAtTheEndOfItsRange_thenTheClockGoesOn() {
        AtomicLong reading = new AtomicLong(Long.MAX_VALUE - 1);
        EngineClock clock = new EngineClock(reading::get);
        Instant before = clock.instant();
        reading.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whenAskedAgainWithinAMillisecond_thenNoObjectIsMade() {
        ManualTicker ticker = new ManualTicker();
        EngineClock clock = new EngineClock(ticker);
        Instant first = clock.instant();
        ticker.advance(Duration.ofNanos(999_999));
        assertThat(clock.instant()).isSameAs(first);
        ticker.advance(Duration.ofNanos(1));
        assertThat(clock.instant()).isEqualTo(first.plusMillis(1));
    }

    @Test
    void whenATickerBreaksItsPromiseAndGoesBack_thenTheClockIsNotBeforeItsStart() {
        AtomicLong reading = new AtomicLong();
        EngineClock clock = new EngineClock(reading::get);
        Instant start = clock.instant();
        reading.set(-5);
        assertThat(clock.instant()).isEqualTo(start);
    }
}

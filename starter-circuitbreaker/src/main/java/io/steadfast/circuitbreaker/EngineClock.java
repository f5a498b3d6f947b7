package io.steadfast.circuitbreaker;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.WallClock;

/**
 * The engine's wall clock, moved by a ticker: it starts at the real time and from then on never steps. A wall clock that is
 * set back would leave an open breaker open for longer.
 *
 * <p>Counts whole milliseconds, so that calls of the same millisecond get the same object.
 */
final class EngineClock extends Clock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker ticker;

    private final long origin;

    private final long startMillis;

    private final ZoneId zone;

    /** Not volatile: an instant is immutable, and a stale one is found out. */
    private Instant latest;

    EngineClock(Ticker ticker) {
        this(ticker, ticker.nanos(), WallClock.system().millis(), ZoneOffset.UTC);
    }

    private EngineClock(Ticker ticker, long origin, long startMillis, ZoneId zone) {
        this.ticker = ticker;
        this.origin = origin;
        this.startMillis = startMillis;
        this.zone = zone;
        this.latest = Instant.ofEpochMilli(startMillis);
    }

    @Override
    public Instant instant() {
        long millis = millis();
        long second = Math.floorDiv(millis, 1000);
        int nano = (int) (Math.floorMod(millis, 1000L) * NANOS_PER_MILLI);
        Instant known = latest;
        if (known.getEpochSecond() == second && known.getNano() == nano) {
            return known;
        }
        Instant now = Instant.ofEpochSecond(second, nano);
        latest = now;
        return now;
    }

    @Override
    public long millis() {
        return startMillis + Math.max(0, ticker.nanos() - origin) / NANOS_PER_MILLI;
    }

    /** The time of day at a reading of the ticker. */
    Instant at(long nanos) {
        return Instant.ofEpochMilli(startMillis + Math.floorDiv(nanos - origin, NANOS_PER_MILLI));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new EngineClock(ticker, origin, startMillis, other);
    }
}

package io.steadfast.spring.live;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.steadfast.core.time.Ticker;

/**
 * The seconds that calls are counted in: those of the monotonic clock since the feed was made, so that no step of the wall clock loses any. Which
 * second of the epoch the first one was is found out once, when it is first asked for.
 */
final class LiveTime {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;

    private final Supplier<Clock> clock;

    private final long origin;

    private volatile long firstEpochSecond = -1;

    LiveTime(Ticker ticker, Supplier<Clock> clock) {
        this.ticker = ticker;
        this.clock = clock;
        this.origin = ticker.nanos();
    }

    int second() {
        return secondAt(ticker.nanos());
    }

    int secondAt(long nanos) {
        return (int) Math.max(0, (nanos - origin) / NANOS);
    }

    long millis() {
        return clock.get().millis();
    }

    Look look(JsonText json) {
        long passed = ticker.nanos() - origin;
        long at = millis();
        if (firstEpochSecond < 0) {
            firstEpochSecond = Math.floorDiv(at - TimeUnit.NANOSECONDS.toMillis(passed), 1000L);
        }
        return new Look(at, (int) (passed / NANOS), (passed % NANOS) / (double) NANOS, firstEpochSecond, json);
    }
}

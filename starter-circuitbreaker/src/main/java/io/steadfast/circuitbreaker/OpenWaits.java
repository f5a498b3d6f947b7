package io.steadfast.circuitbreaker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

import io.github.resilience4j.core.IntervalFunction;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** Tells the engine how long to stay open, and remembers until when that is, because the engine tells nobody. */
final class OpenWaits implements IntervalFunction {

    private volatile OpenTime openTime;

    private final Ticker ticker;

    private final DoubleSupplier random;

    /** The how manieth in a row the latest wait is. */
    private volatile int latestTrip;

    private volatile long latestBegan;

    private final AtomicReference<@Nullable Long> latest = new AtomicReference<>();

    OpenWaits(OpenTime openTime, Ticker ticker, DoubleSupplier random) {
        this.openTime = openTime;
        this.ticker = ticker;
        this.random = random;
    }

    @Override
    public Long apply(Integer trip) {
        long millis = openTime.millis(trip, random.getAsDouble());
        latestTrip = trip;
        long now = ticker.nanos();
        latestBegan = now;
        latest.set(now + TimeUnit.MILLISECONDS.toNanos(millis));
        return millis;
    }

    /** Goes by other settings. A wait that is on ends when it would, or when one by the new settings would that began now. */
    void goBy(OpenTime next) {
        openTime = next;
        long longest = TimeUnit.MILLISECONDS.toNanos(next.millis(latestTrip, random.getAsDouble()));
        long end = ticker.nanos() + longest;
        latest.updateAndGet(known -> known == null || known - end <= 0 ? known : Long.valueOf(end));
    }

    /** The end of the wait the engine asked for last, as a reading of the ticker; {@code null} if it is forgotten. */
    @Nullable
    Long latest() {
        return latest.get();
    }

    /** When the wait began that the engine asked for last, as a reading of the ticker. */
    long latestBegan() {
        return latestBegan;
    }

    /** Forgets a wait that is over, unless a new one has begun. */
    void forget(@Nullable Long over) {
        latest.compareAndSet(over, null);
    }
}

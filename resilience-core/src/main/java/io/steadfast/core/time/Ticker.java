package io.steadfast.core.time;

/**
 * A monotonic clock. Readings mean nothing by themselves; only the difference of two readings of the same ticker does.
 *
 * <p>Implementations are thread-safe and never go backwards.
 */
@FunctionalInterface
public interface Ticker {

    /**
     * Reads the clock.
     *
     * @return nanoseconds since an arbitrary origin, possibly negative
     */
    long nanos();

    /**
     * The clock of the JVM, {@link System#nanoTime()}: steps of the wall clock do not disturb it.
     *
     * @return the shared system ticker
     */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}

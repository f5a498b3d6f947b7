package io.steadfast.core.time;

/**
 * Rings at a time, unless it is cleared before, and can be set again: made for the many calls whose time never comes. Used by
 * one thread at a time, which may be another one each time if it is handed over safely.
 *
 * <p>An alarm that is set rings even if nobody refers to it any more; one that is not is then forgotten, released or not. So a
 * thread may keep an alarm for life without a thought of its end.
 */
public interface Alarm {

    /**
     * Sets the alarm. To be called on a new alarm, or one that has been cleared.
     *
     * @param delayNanos in how many nanoseconds it rings; zero or less means as soon as possible
     */
    void set(long delayNanos);

    /**
     * Sets the alarm some time from a reading of a clock that the caller has just taken: saves another reading if the timer goes
     * by the same clock. Otherwise the time runs from now.
     *
     * @param ticker what has been read
     * @param sinceNanos the reading
     * @param delayNanos how many nanoseconds after the reading it rings; as soon as possible if that is over
     */
    default void setFrom(Ticker ticker, long sinceNanos, long delayNanos) {
        set(delayNanos);
    }

    /**
     * Takes the alarm back. Once this returns, what the alarm does has not begun, or is done; unless that is what calls it.
     *
     * @return {@code false} if it has rung
     */
    boolean clear();

    /** Gives the alarm up, cleared: it must not be used any more. A second time does nothing. */
    void release();
}

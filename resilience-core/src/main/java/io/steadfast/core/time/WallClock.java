package io.steadfast.core.time;

import java.time.Clock;

/** The time of day, for texts and time stamps that people read. Never used to measure: it can be set back. */
public final class WallClock {

    private WallClock() {}

    /**
     * The time of day in UTC.
     *
     * @return the JVM's wall clock
     */
    public static Clock system() {
        return Clock.systemUTC();
    }
}

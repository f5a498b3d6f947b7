package io.steadfast.resilience4j.properties;

import java.time.Duration;

/**
 * resilience4j spreads a wait to both sides, ours only shortens: the same range, said from its upper end.
 *
 * @param longest the upper end
 * @param jitter which part of it is random
 */
record Waits(Duration longest, double jitter) {

    /** As good as for ever: the longest that all policies take. */
    static final String ENDLESS = "3650d";

    static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * A range around a wait.
     *
     * @param wait its middle
     * @param factor how far it reaches to both sides, as a part of the wait
     * @param cap what lies above is cut
     */
    static Waits around(Duration wait, double factor, Duration cap) {
        double millis = wait.toMillis();
        double upper = Math.min(millis * (1 + factor), cap.toMillis());
        double lower = Math.min(millis * (1 - factor), upper);
        return new Waits(Duration.ofMillis(Math.round(upper)), upper <= 0 ? 0 : 1 - lower / upper);
    }

    static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}

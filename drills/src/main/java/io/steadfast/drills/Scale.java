package io.steadfast.drills;

import java.time.Duration;

/**
 * How large a drill is.
 *
 * @param usersPerSecond of each side
 * @param steady how long nothing happens, at first
 * @param trouble how long each trouble lasts
 * @param calm how long the callers are watched after an instance has served again
 */
public record Scale(int usersPerSecond, Duration steady, Duration trouble, Duration calm) {

    /** The one of the report. */
    static final Scale FULL = new Scale(100, Duration.ofSeconds(10), Duration.ofSeconds(12), Duration.ofSeconds(5));

    /** The one of the ordinary build. */
    static final Scale SHORT = new Scale(60, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(1));
}

package io.steadfast.resilience4j.metrics;

import io.github.resilience4j.micrometer.Timer;

/** A way for a method to answer before its work is done. */
public interface LaterResult {

    /**
     * Whether this is about what a method returned.
     *
     * @param returned not {@code null}
     * @return {@code false} if the work is done, or another knows better
     */
    boolean concerns(Object returned);

    /**
     * The same, with its work timed.
     *
     * @param returned what the method returned
     * @param timer the timer
     * @param started runs since the method was called
     * @return what to return instead
     */
    Object timed(Object returned, Timer timer, Timer.Context started);
}

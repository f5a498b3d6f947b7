package io.steadfast.failover;

/**
 * Why, and for how long, nothing is sent to an instance.
 *
 * @param until when it is over, in nanoseconds since the pool began
 * @param reason one line for a person
 * @param ordered whether an operator wants it, so that nothing else ends it
 */
record TimeOut(long until, String reason, boolean ordered) {

    static TimeOut after(long now, long nanos, String reason, boolean ordered) {
        return new TimeOut(now > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : now + nanos, reason, ordered);
    }
}

package io.steadfast.ratelimiter;

/**
 * Permits that are taken, but not due yet.
 *
 * @param line where they come from
 * @param end the number after the last of them
 * @param permits how many
 * @param waitNanos how long until the last one is due
 */
record Reserved(PermitLine line, long end, int permits, long waitNanos) {

    /** Gives the permits back if nobody has taken any after them; otherwise they are spent, for others have planned by them. */
    void giveBack() {
        line.compareAndSet(end, end - permits);
    }
}

package io.steadfast.samples.storefront.show;

/**
 * What one dependency did, since the start or between two moments.
 *
 * @param attempts how often the service was really reached for
 * @param failedAttempts how many of these failed
 * @param savedByRetry calls that got their answer, but not at the first attempt
 * @param cutOff attempts that a timeout ended
 * @param refused attempts that the bulkhead did not let in
 * @param fallbacks calls that were answered by the fallback
 * @param breaker the state of the breaker now; empty if there is none
 */
record Activity(
        long attempts,
        long failedAttempts,
        long savedByRetry,
        long cutOff,
        long refused,
        long fallbacks,
        String breaker) {

    static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0, "");

    Activity since(Activity earlier) {
        return new Activity(
                attempts - earlier.attempts,
                failedAttempts - earlier.failedAttempts,
                savedByRetry - earlier.savedByRetry,
                cutOff - earlier.cutOff,
                refused - earlier.refused,
                fallbacks - earlier.fallbacks,
                breaker);
    }
}

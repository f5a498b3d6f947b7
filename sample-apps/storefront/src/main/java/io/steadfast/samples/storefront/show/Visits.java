package io.steadfast.samples.storefront.show;

import java.time.Duration;

/**
 * What visitors saw, since the start or between two moments.
 *
 * @param answered whole pages
 * @param degraded pages on which something was missing or not up to date
 * @param failed no page
 * @param longestWait the longest that one of them waited, since the meters were last read
 */
record Visits(long answered, long degraded, long failed, Duration longestWait) {

    static final Visits NONE = new Visits(0, 0, 0, Duration.ZERO);

    Visits since(Visits earlier) {
        return new Visits(
                answered - earlier.answered, degraded - earlier.degraded, failed - earlier.failed, longestWait);
    }
}

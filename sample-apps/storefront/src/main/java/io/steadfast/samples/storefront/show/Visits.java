package io.steadfast.samples.storefront.show;

/**
 * What visitors saw, since the start or between two moments.
 *
 * @param answered whole pages
 * @param degraded pages on which something was missing or not up to date
 * @param failed no page
 */
record Visits(long answered, long degraded, long failed) {

    static final Visits NONE = new Visits(0, 0, 0);

    Visits since(Visits earlier) {
        return new Visits(answered - earlier.answered, degraded - earlier.degraded, failed - earlier.failed);
    }
}

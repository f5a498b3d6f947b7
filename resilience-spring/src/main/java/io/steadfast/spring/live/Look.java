package io.steadfast.spring.live;

/**
 * One look at all calls.
 *
 * @param atMillis when, by the wall clock
 * @param second the second under way, as recorders count them
 * @param partOfSecond how much of it has passed
 * @param firstEpochSecond which second of the epoch the first one was
 * @param json a buffer for whoever is at work
 */
record Look(long atMillis, int second, double partOfSecond, long firstEpochSecond, JsonText json) {

    long epochSecond(int ofSecond) {
        return firstEpochSecond + ofSecond;
    }
}

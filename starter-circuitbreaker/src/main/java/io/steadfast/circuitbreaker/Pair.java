package io.steadfast.circuitbreaker;

/**
 * Two counts in one {@code long}, so that one atomic instruction changes both and one reading belongs to one moment. Pairs
 * are added and subtracted as they are. Each count may be negative for a moment, when what leaves is taken off before what
 * entered is put on, and the sum of a pair may overflow: differences come out right all the same.
 */
final class Pair {

    /** One more of the first. */
    static final long FIRST = 1L << Integer.SIZE;

    /** One more of the second. */
    static final long SECOND = 1;

    private Pair() {}

    static int first(long pair) {
        return (int) ((pair - second(pair)) >> Integer.SIZE); // a negative second has borrowed from the first
    }

    static int second(long pair) {
        return (int) pair;
    }
}

package io.steadfast.bulkhead;

/**
 * How many calls may be in flight for a call of each class to be let in. Immutable.
 *
 * <p>The highest class has the whole limit. Below it, each class leaves a tenth of the limit, rounded up, free for every
 * higher class that has been seen, but at least one place remains to it. So ceilings never rise from a class to a lower one:
 * at any moment in which a call is let in, one of a higher class would be. A bulkhead whose calls are all of one class gives
 * them the whole limit.
 *
 * <p>A class that has not been seen has ceiling 0, which sends its first call to the place where it is noted.
 */
final class Ceilings {

    /** A tenth. */
    private static final int RESERVED_PART = 10;

    private static final Priority[] CLASSES = Priority.values();

    private final int limit;

    private final int[] byClass = new int[CLASSES.length];

    /** Nobody has been seen. */
    Ceilings(int limit) {
        this(limit, 0);
    }

    private Ceilings(int limit, int seen) {
        this.limit = limit;
        int reserved = (limit + RESERVED_PART - 1) / RESERVED_PART;
        int free = limit;
        for (int i = 0; i < byClass.length; i++) {
            if ((seen & 1 << i) != 0) {
                byClass[i] = Math.max(1, free);
                free -= reserved;
            }
        }
    }

    int limit() {
        return limit;
    }

    int of(Priority priority) {
        return byClass[priority.ordinal()];
    }

    boolean knows(Priority priority) {
        return of(priority) > 0;
    }

    Ceilings knowing(Priority priority) {
        return new Ceilings(limit, seen() | 1 << priority.ordinal());
    }

    Ceilings withLimit(int other) {
        return new Ceilings(other, seen());
    }

    private int seen() {
        int seen = 0;
        for (int i = 0; i < byClass.length; i++) {
            seen |= byClass[i] > 0 ? 1 << i : 0;
        }
        return seen;
    }
}

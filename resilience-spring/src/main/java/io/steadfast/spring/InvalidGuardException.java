package io.steadfast.spring;

/**
 * An annotation that cannot do its work where it stands, for example a fallback that does not fit its method. Thrown by
 * {@link PolicyProvider}s; reported at start-up together with all other mistakes.
 */
public final class InvalidGuardException extends RuntimeException {

    /** The place. */
    private final String where;

    /** How to mend it. */
    private final String action;

    /**
     * Refuses an annotation.
     *
     * @param what what is wrong, one sentence
     * @param where the place, for example {@code @Fallback on Inventory.find(String)}
     * @param action how to mend it, one sentence
     */
    public InvalidGuardException(String what, String where, String action) {
        super(what);
        this.where = where;
        this.action = action;
    }

    /**
     * The place.
     *
     * @return for example {@code @Fallback on Inventory.find(String)}
     */
    public String where() {
        return where;
    }

    /**
     * How to mend it.
     *
     * @return one sentence
     */
    public String action() {
        return action;
    }
}

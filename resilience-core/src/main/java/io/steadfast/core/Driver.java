package io.steadfast.core;

/**
 * Knows how to act on each shape of policy. Written once per way of calling, for all policies there will ever be.
 *
 * @param <S> a step of a compiled pipeline
 */
interface Driver<S> {

    /** The innermost step, which enters the target. */
    S target();

    S gate(PolicySlot<Gate> slot, S next);

    /**
     * A step that may run {@code next} again.
     *
     * @param depth its place in the pipeline, 0 for the outermost
     */
    S recovery(PolicySlot<Recovery> slot, int depth, S next);

    S timeLimit(PolicySlot<TimeLimit> slot, int depth, S next);

    /**
     * A step that may run {@code next} several times at once.
     *
     * @param depth its place in the pipeline, 0 for the outermost
     */
    S race(PolicySlot<Race> slot, int depth, S next);

    @SuppressWarnings("unchecked") // a slot never changes the shape of what it holds
    default S step(PolicySlot<?> slot, int depth, S next) {
        Policy policy = slot.policy();
        if (policy instanceof Gate) {
            return gate((PolicySlot<Gate>) slot, next);
        }
        if (policy instanceof Recovery) {
            return recovery((PolicySlot<Recovery>) slot, depth, next);
        }
        if (policy instanceof Race) {
            return race((PolicySlot<Race>) slot, depth, next);
        }
        return timeLimit((PolicySlot<TimeLimit>) slot, depth, next);
    }
}

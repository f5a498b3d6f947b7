package io.steadfast.spring;

import io.steadfast.core.Pipeline;

/** The pipeline of a call, which a change of settings replaces as a whole. Calls under way stay with the one they began with. */
final class LivePipeline {

    private final boolean emptyFromTheStart;

    private volatile Pipeline current;

    private volatile Lineup lineup;

    LivePipeline(Lineup first) {
        this.current = first.pipeline();
        this.lineup = first;
        this.emptyFromTheStart = first.slots().isEmpty();
    }

    boolean isEmptyFromTheStart() {
        return emptyFromTheStart;
    }

    Pipeline current() {
        return current;
    }

    /** Puts another in, unless it would be the same again. */
    void replace(Lineup next) {
        if (!lineup.isLike(next)) {
            lineup = next;
            current = next.pipeline();
        }
    }
}

package io.steadfast.spring;

import io.steadfast.core.Pipeline;

/** The pipeline of a call, which a change of settings replaces as a whole. Calls under way stay with the one they began with. */
final class LivePipeline {

    private final boolean emptyFromTheStart;

    private volatile Lineup lineup;

    LivePipeline(Lineup first) {
        this.lineup = first;
        this.emptyFromTheStart = first.slots().isEmpty();
    }

    boolean isEmptyFromTheStart() {
        return emptyFromTheStart;
    }

    Pipeline current() {
        return lineup.pipeline();
    }

    Lineup lineup() {
        return lineup;
    }

    /** Puts another in, unless it would be the same again. */
    void replace(Lineup next) {
        if (!lineup.isLike(next)) {
            lineup = next;
        }
    }
}

package io.steadfast.core;

import io.steadfast.core.CallObserver.Watch;
import org.jspecify.annotations.Nullable;

/** A call that somebody watches. Calls that nobody watches are spared the reference. */
final class WatchedCall extends Call {

    private @Nullable Watch watch;

    <I> WatchedCall(CallSite site, I invocation, Target<I> target) {
        super(site, invocation, target);
    }

    private WatchedCall(WatchedCall original) {
        super(original, original.notes);
        this.watch = original.watch;
    }

    /** Said once, as the call begins. */
    void watchedBy(@Nullable Watch other) {
        watch = other;
    }

    @Override
    public @Nullable Watch watch() {
        return watch;
    }

    @Override
    Call copy() {
        return new WatchedCall(this);
    }
}

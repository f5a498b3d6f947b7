package io.steadfast.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** One run of a target or of a fallback: ends once, by itself or from outside. */
final class Attempt extends AtomicInteger implements AsyncTarget.Emission, AsyncCall.Pending {

    private static final int LIVE = 0;
    private static final int EMITTING = 1;
    private static final int OVER = 2;

    private static final Runnable NOTHING = () -> {};

    private final transient Call call;

    private final transient Completion then;

    private final transient AtomicReference<@Nullable Runnable> canceller = new AtomicReference<>();

    Attempt(Call call, Completion then) {
        super(LIVE);
        this.call = call;
        this.then = then;
    }

    @Override
    public void cancelledBy(Runnable cancel) {
        if (!canceller.compareAndSet(null, cancel)) {
            quietly(cancel);
        }
    }

    @Override
    public boolean emitting() {
        return get() == EMITTING || compareAndSet(LIVE, EMITTING);
    }

    @Override
    public boolean done(@Nullable Object result, @Nullable Throwable failure) {
        if (!finish()) {
            return false;
        }
        then.done(result, failure);
        return true;
    }

    @Override
    public void end(Throwable cause) {
        if (finish()) {
            Runnable cancel = canceller.getAndSet(NOTHING);
            if (cancel != null) {
                quietly(cancel);
            }
            then.done(null, cause);
        }
    }

    boolean isOver() {
        return get() == OVER;
    }

    /** Decides at one point whether an element or the end came first, so that no element slips into the next attempt. */
    private boolean finish() {
        int before = getAndSet(OVER);
        if (before == EMITTING) {
            call.emitting();
        }
        return before != OVER;
    }

    /** The application's own cancel code may throw; the permits must be settled all the same. */
    private static void quietly(Runnable cancel) {
        try {
            cancel.run();
        } catch (Throwable ignored) {
            // nobody is left to tell: the caller is gone, and the work has been asked to stop
        }
    }
}

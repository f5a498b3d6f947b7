package io.steadfast.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** One run of a target or of a fallback: ends once, by itself or from outside. */
final class Attempt extends AtomicInteger implements AsyncTarget.Emission, AsyncCall.Pending {

    private static final int LIVE = 0;
    private static final int EMITTING = 1;
    private static final int DONE = 2;
    private static final int ENDED = 3;

    private static final Runnable NOTHING = () -> {};

    private static final Runnable WORK_ENDED = () -> {};

    private static final AtomicReferenceFieldUpdater<Attempt, @Nullable Runnable> AFTERWARDS =
            AtomicReferenceFieldUpdater.newUpdater(Attempt.class, Runnable.class, "afterwards");

    private final transient AsyncCall async;

    private final transient Completion then;

    private final transient @Nullable Deadline deadline;

    private final transient @Nullable Call call;

    private final transient AtomicReference<@Nullable Runnable> canceller = new AtomicReference<>();

    /** Who wants to know when work that was left running has ended. */
    @SuppressWarnings("UnusedVariable") // read and written by its updater
    private transient volatile @Nullable Runnable afterwards;

    Attempt(AsyncCall async, Completion then) {
        this(async, then, async.call().isRead() ? async.call() : null);
    }

    private Attempt(AsyncCall async, Completion then, @Nullable Call call) {
        super(LIVE);
        this.async = async;
        this.call = call;
        this.then = then;
        this.deadline = async.call().deadline().orElse(null);
    }

    /** A fallback is no attempt of the call: what its clients note says nothing about the target. */
    static Attempt ofFallback(AsyncCall async, Completion then) {
        return new Attempt(async, then, null);
    }

    @Override
    public void cancelledBy(Runnable cancel) {
        if (!canceller.compareAndSet(null, cancel)) {
            cancel(cancel);
        }
    }

    @Override
    public boolean emitting() {
        int now = get();
        return now == EMITTING || (now == LIVE && async.mayEmit() && compareAndSet(LIVE, EMITTING));
    }

    @Override
    public boolean done(@Nullable Object result, @Nullable Throwable failure) {
        if (!finish(DONE)) {
            workEnded();
            return false;
        }
        tell(result, failure);
        return true;
    }

    @Override
    public @Nullable Deadline deadline() {
        return deadline;
    }

    @Override
    public @Nullable Call call() {
        return call;
    }

    @Override
    public CallObserver.@Nullable Watch watch() {
        return async.call().watch();
    }

    @Override
    public void enclosedBy(Call outer) {
        async.call().enclosedBy(outer);
    }

    @Override
    public void end(Throwable cause) {
        if (finish(ENDED)) {
            Runnable cancel = canceller.getAndSet(NOTHING);
            if (cancel != null) {
                cancel(cancel);
            }
            tell(null, cause);
        }
    }

    /** The outcome comes on any thread, and what the policies make of it belongs to the call. */
    private void tell(@Nullable Object result, @Nullable Throwable failure) {
        CallObserver.Watch watch = watch();
        if (watch == null) {
            then.done(result, failure);
            return;
        }
        CallObserver.Scope scope = Watching.enter(watch);
        try {
            then.done(result, failure);
        } finally {
            Watching.close(scope);
        }
    }

    @Override
    public boolean isOver() {
        return get() >= DONE;
    }

    @Override
    public void attempts(Consumer<Attempt> each) {
        each.accept(this);
    }

    /** Whether it was ended from outside, so that its work may still be going on. */
    boolean wasEnded() {
        return get() == ENDED;
    }

    /**
     * Asks to be told when the work has ended, after the attempt was.
     *
     * @return {@code false} if the work has ended already; nobody is told then
     */
    boolean whenWorkEnds(Runnable hook) {
        return AFTERWARDS.compareAndSet(this, null, hook);
    }

    /** The work has ended, or will never begin: whoever waits for that is told. */
    void workEnded() {
        Runnable hook = AFTERWARDS.getAndSet(this, WORK_ENDED);
        if (hook != null) {
            hook.run();
        }
    }

    /** Decides at one point whether an element or the end came first, so that no element slips into the next attempt. */
    private boolean finish(int how) {
        int before = getAndUpdate(state -> state >= DONE ? state : how);
        if (before == EMITTING) {
            async.call().emitting();
        }
        return before < DONE;
    }

    /** The application's own cancel code may throw; the permits must be settled all the same. */
    private void cancel(Runnable cancel) {
        try {
            cancel.run();
        } catch (Throwable ignored) {
            // nobody is left to tell: the caller is gone, and the work has been asked to stop
        }
        if (!async.target().outlivesCancel()) {
            workEnded();
        }
    }
}

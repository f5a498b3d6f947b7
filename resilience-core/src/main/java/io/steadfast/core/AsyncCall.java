package io.steadfast.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The moving part of an asynchronous call: at any time one thing is pending (an attempt, a wait), and it can be ended from
 * outside. Ending it makes the outcome travel outwards on the one path that outcomes travel, so each step hears exactly
 * one and each permit is settled exactly once, whoever wins the race.
 */
class AsyncCall {

    /** The depth of what lies around all steps of a pipeline. */
    static final int AROUND_ALL = -1;

    /** Further out than any step. */
    private static final int CALLER = AROUND_ALL - 1;

    private final Call call;

    private final AsyncTarget<Object> target;

    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();

    private final AtomicReference<@Nullable Abort> abort = new AtomicReference<>();

    /** What the caller's thread knew as the call began. */
    private ContextCarrier.Carried context;

    AsyncCall(Call call, AsyncTarget<Object> target) {
        this(call, target, Carrying.nothing());
    }

    private AsyncCall(Call call, AsyncTarget<Object> target, ContextCarrier.Carried context) {
        this.call = call;
        this.target = target;
        this.context = context;
    }

    /** The call begins on this thread. */
    void capture(ContextCarrier carrier) {
        context = Carrying.capture(carrier, carrier == ContextCarrier.NONE ? null : target.surroundings());
    }

    /**
     * An asynchronous call that goes beside this one, and is ended by itself.
     *
     * @param copy what it writes to
     * @param mayEmit asked before its first element is handed on
     */
    AsyncCall beside(Call copy, BooleanSupplier mayEmit) {
        return new AsyncCall(copy, target, context) {
            @Override
            boolean mayEmit() {
                return mayEmit.getAsBoolean();
            }
        };
    }

    /** Whether the first element of a stream may be handed on. */
    boolean mayEmit() {
        return true;
    }

    Call call() {
        return call;
    }

    AsyncTarget<Object> target() {
        return target;
    }

    /** A part of the call for another thread, where it knows what the caller's thread knew. */
    Runnable carry(Runnable part) {
        return Carrying.wrap(context, Watching.around(call.watch(), part));
    }

    /** Tells listeners and observer how the call ended: within the call, though its caller may have cancelled a mere wait. */
    void completed(Reporter reporter, @Nullable Throwable failure) {
        CallObserver.Watch watch = call.watch();
        CallObserver.Scope scope = Watching.enter(watch);
        Outcome outcome = reporter.completed(call, failure, isCancellation(failure));
        Watching.close(scope);
        Watching.ended(watch, call, outcome, failure);
    }

    /** Tells the caller how the call ended. What the caller goes on to do is no part of it: the caller's own deadline holds. */
    void tell(Completion caller, @Nullable Object result, @Nullable Throwable failure) {
        Deadline inside = CallThread.swap(call.deadline().orElse(null));
        CallObserver.Scope outside = Watching.leave(call.watch());
        try {
            caller.done(result, failure);
        } finally {
            Watching.close(outside);
            CallThread.replace(inside);
        }
    }

    /** What is under way now. */
    @Nullable
    Pending pending() {
        return pending.get();
    }

    /** Makes something the pending thing, and ends it at once if the call has been told to end before. */
    void begin(Pending next) {
        pending.set(next);
        Abort told = abort.get();
        if (told != null) {
            next.end(told.cause());
        }
    }

    void cancel() {
        abort(new Abort(CALLER, new CancellationException("Call '" + call.name() + "' was cancelled by its caller")));
    }

    /** Ends it as its caller would, because a call beside it has an outcome. */
    void supersede() {
        abort(new Abort(
                CALLER, new CancellationException("Another attempt of call '" + call.name() + "' has answered")));
    }

    /** The order to end that prevails. */
    @Nullable
    Abort order() {
        return abort.get();
    }

    /**
     * Whether an outcome is that of being cancelled by the caller. An outcome that was under way when the caller
     * cancelled is not: it reaches the caller as it is, and counts as what it is.
     */
    boolean isCancellation(@Nullable Throwable failure) {
        Abort told = abort.get();
        return failure != null && told != null && told.depth() == CALLER && told.cause() == failure;
    }

    /** Whether the caller, or a limit outside the step at this depth, has told the call to end. */
    boolean isToldToEnd(int depth) {
        Abort told = abort.get();
        return told != null && told.depth() < depth;
    }

    /** Whether a failure is the order to end itself, given by the caller or by a limit outside the step at this depth. */
    boolean isOrderedFromOutside(int depth, @Nullable Throwable failure) {
        Abort told = abort.get();
        return failure != null && told != null && told.depth() < depth && told.cause() == failure;
    }

    /** Ends what is pending on behalf of a step; of two who tell, the one further out prevails. */
    void abort(Abort order) {
        Abort prevailing =
                abort.accumulateAndGet(order, (old, fresh) -> old == null || fresh.depth() < old.depth() ? fresh : old);
        Pending current = pending.get();
        if (prevailing == order && current != null) {
            current.end(order.cause());
        }
    }

    /** The step that gave the order has the outcome in hand, so the order is over. */
    void fulfilled(Abort order) {
        abort.compareAndSet(order, null);
    }

    /** An order to end. */
    record Abort(int depth, Throwable cause) {}

    /** Something that is under way and can be ended early; ending what has ended already does nothing. */
    interface Pending {
        void end(Throwable cause);

        /** The attempts that are under way. */
        default void attempts(Consumer<Attempt> each) {}
    }
}

package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

import io.steadfast.core.ContextCarrier.Carried;
import org.jspecify.annotations.Nullable;

/** Using a carrier of somebody else's: one that throws carries nothing, and breaks no call. */
final class Carrying {

    private static final Carried NOTHING = task -> task;

    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

    private Carrying() {}

    static Carried capture(ContextCarrier carrier) {
        return capture(carrier, null);
    }

    static Carried capture(ContextCarrier carrier, @Nullable Object surroundings) {
        if (carrier == ContextCarrier.NONE) {
            return NOTHING;
        }
        try {
            return surroundings == null ? carrier.capture() : carrier.capture(surroundings);
        } catch (Throwable broken) {
            complain(broken);
            return NOTHING;
        }
    }

    static Runnable wrap(ContextCarrier carrier, Runnable task) {
        return wrap(capture(carrier), task);
    }

    static Runnable wrap(Carried context, Runnable task) {
        return context == NOTHING ? task : new Part(context, task);
    }

    /** What a call carries that has not begun. */
    static Carried nothing() {
        return NOTHING;
    }

    private static void complain(@Nullable Throwable broken) {
        Level level = COMPLAINED.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        Complaints.log(
                level,
                "The context of a call could not be carried to another thread, or not be taken back there. Calls go on"
                        + " without it; further failures are logged at debug level.",
                broken);
    }

    /** A part of a call. It runs once, with its context or, if that fails before it has begun, without. */
    private static final class Part implements Runnable {

        private final Runnable task;

        private final AtomicBoolean begun = new AtomicBoolean();

        private boolean done;

        private final @Nullable Runnable carried;

        Part(Carried context, Runnable task) {
            this.task = task;
            this.carried = carried(context);
        }

        private @Nullable Runnable carried(Carried context) {
            try {
                return context.wrap(this::begin);
            } catch (Throwable broken) {
                complain(broken);
                return null;
            }
        }

        private void begin() {
            if (begun.compareAndSet(false, true)) {
                task.run();
                done = true;
            }
        }

        @Override
        public void run() {
            try {
                if (carried != null) {
                    carried.run();
                }
            } catch (Throwable failure) {
                if (begun.get() && !done) {
                    throw failure; // the task's own
                }
                complain(failure);
            }
            begin();
        }
    }
}

package io.steadfast.core.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.ReferenceQueue;

import org.jspecify.annotations.Nullable;

/**
 * What rings, with its slot. The alarms that use a bell one after the other keep it in memory; the watchdog does so only while
 * it is set.
 */
final class Bell {

    private final Slot slot;

    private @Nullable Runnable ring;

    Bell(ReferenceQueue<Bell> forgotten) {
        this.slot = new Slot(this, forgotten);
    }

    Slot slot() {
        return slot;
    }

    void does(@Nullable Runnable task) {
        ring = task;
    }

    void set(long dueNanos) {
        slot.set(this, dueNanos);
    }

    boolean clear() {
        return slot.clearSetting();
    }

    /** As {@link #clear}, but costs next to nothing after it. */
    void clearIfSet() {
        if (!slot.isOff()) {
            slot.clearSetting();
        }
    }

    /** Throws nothing: all other alarms hang on the thread that rings this one. */
    void ring() {
        try {
            Runnable task = ring;
            if (task != null) {
                task.run();
            }
        } catch (Throwable broken) {
            complain("An alarm could not do what it was set for", broken);
        }
    }

    static void complain(String text, Throwable broken) {
        try {
            Log.LOGGER.log(Level.WARNING, text, broken);
        } catch (Throwable unprintable) {
            // a log that throws has nowhere to be reported to
        }
    }

    /** Found when there is something to complain about, and not by the first call that has a limit. */
    private static final class Log {

        static final Logger LOGGER = System.getLogger(Bell.class.getPackageName());
    }
}

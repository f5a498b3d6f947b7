package io.steadfast.core.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * What the watchdog looks at: how one alarm stands, and when it is due. Written by whoever uses the alarm; the watchdog only ever
 * takes a setting from SET over RINGING to RUNG.
 *
 * <p>Each setting has a number, kept in the same word as its state. So a watchdog that has seen one setting cannot ring for
 * another: its compare-and-set fails. It reads the state first and the due time second, and users write them the other way
 * round; a due time of a later setting therefore shows only to somebody whose compare-and-set will fail.
 *
 * <p>The watchdog keeps slots for as long as there is a bell, which the slot itself refers to strongly only while it is set: a set
 * alarm rings even if everybody else has forgotten it, as a task in an executor's queue would.
 */
final class Slot extends WeakReference<Bell> {

    private static final long OFF = 0;
    private static final long SET = 1;
    private static final long RINGING = 2;
    private static final long RUNG = 3;
    private static final long STATES = 4;

    /** How long a ring on its way is waited for with the processor, before it is given to others in between. */
    private static final int SPINS = 200;

    private static final VarHandle WORD;
    private static final VarHandle DUE;

    static {
        try {
            MethodHandles.Lookup own = MethodHandles.lookup();
            WORD = own.findVarHandle(Slot.class, "word", long.class);
            DUE = own.findVarHandle(Slot.class, "dueNanos", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The number of the setting times four, plus its state. */
    private volatile long word;

    private volatile long dueNanos;

    /** The number in the word, times four: the user's own copy. */
    private long setting;

    /** Keeps the bell while it is set. */
    private @Nullable Bell held;

    /** Who rings. Plain: each thread compares it with itself only. */
    private @Nullable Thread ringer;

    /** The watchdog's own note. */
    private boolean forgotten;

    /** Keeps the next slot, which another thread writes to, out of this one's cache line. */
    @SuppressWarnings("unused")
    private long gap1, gap2, gap3, gap4, gap5, gap6, gap7, gap8;

    Slot(Bell bell, ReferenceQueue<Bell> queue) {
        super(bell, queue);
    }

    /** By the user. */
    void set(Bell bell, long due) {
        long next = setting + STATES;
        setting = next;
        held = bell;
        DUE.setRelease(this, due);
        WORD.setRelease(this, next + SET);
    }

    /** By the user. */
    boolean isOff() {
        return word == setting + OFF;
    }

    /** Whether the setting was finished: whoever sets an alarm with the last of its stack may not come so far, and nothing can ring. */
    private boolean wasSet() {
        return word - setting >= 0;
    }

    /** By the user. */
    boolean clearSetting() {
        if (WORD.compareAndSet(this, setting + SET, setting + OFF)) {
            held = null;
            return true;
        }
        return settle();
    }

    /** Yields, for a parked thread would not wait: the ring may well have interrupted it. Nothing relies on the yielding. */
    @SuppressWarnings("ThreadPriorityCheck")
    private boolean settle() {
        for (int spins = 0; word == setting + RINGING; spins++) {
            if (ringer == Thread.currentThread()) {
                break; // the ring clears its own alarm: it would wait for itself
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        boolean rung = word != setting + OFF && wasSet();
        held = null;
        word = setting + OFF;
        return !rung;
    }

    /** By the watchdog: what {@link #ring} is to be given back. */
    long word() {
        return word;
    }

    /** By the watchdog, after {@link #word}. */
    long dueNanos() {
        return dueNanos;
    }

    static boolean isSet(long word) {
        return (word & (STATES - 1)) == SET;
    }

    /** By the watchdog: rings for that very setting, if it still holds. */
    void ring(long seen) {
        long ringing = seen - SET + RINGING;
        ringer = Thread.currentThread();
        if (!WORD.compareAndSet(this, seen, ringing)) {
            return;
        }
        Bell bell = held;
        if (bell != null) {
            bell.ring();
        }
        if (word == ringing) { // unless the ring has cleared its alarm, and somebody may have set it anew
            held = null;
            word = seen - SET + RUNG;
        }
    }

    /** By the watchdog. */
    void forget() {
        forgotten = true;
    }

    /** By the watchdog. */
    boolean isForgotten() {
        return forgotten;
    }
}

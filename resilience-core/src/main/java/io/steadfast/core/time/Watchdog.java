package io.steadfast.core.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Rings the alarms that are due. An alarm is a slot in memory; setting and clearing it changes nothing but that slot. The watchdog
 * looks through all slots ten times a second and keeps in mind what is due before it looks again. This is the simplest of the
 * timers that G. Varghese and T. Lauck compare ("Hashed and Hierarchical Timing Wheels", 1987, scheme 1), and right where they say
 * it is: nearly all timers are stopped before they expire.
 *
 * <p>This class knows no thread. Somebody calls {@link #turn}, sleeps as long as it says, or until the alarm clock given to the
 * constructor wakes him, and calls it again. Everything else may be called by any thread.
 *
 * <h2>Why no alarm is missed, although setting one is not fenced</h2>
 *
 * Let scan <i>k</i> begin at T<sub>k</sub>. Before it looks at the first slot it publishes {@code scanAt} = T<sub>k</sub> +
 * g<sub>k</sub>, when the next scan begins at the latest, and {@code horizon} = T<sub>k</sub> + 3g<sub>k</sub>; each gap g is at
 * most twice the one before. A scan that sees a slot set makes sure of it: it rings in time, or the next scan sees it again. Who
 * sets an alarm stores the slot first and reads {@code horizon} second.
 * <ul>
 * <li><b>Due at the horizon read, or later</b> (the usual way: no fence, nothing shared is written). The horizon was that of scan
 *     <i>k</i>, so scan <i>k</i>+1 had not begun, which it does by T<sub>k</sub> + g<sub>k</sub>. The store leaves the processor's
 *     buffer nanoseconds later. If scan <i>k</i>+1 just misses it, scan <i>k</i>+2 does not, and begins by T<sub>k</sub> +
 *     3g<sub>k</sub>: before the alarm is due. The clock reading by which the alarm was set has no part in this and may be old.
 *     (A compiler may swap the store and the load, and a thread may be stopped right between them. If that lasts longer than a
 *     gap, a later scan sees the slot: the alarm is late by as much, not lost.)
 * <li><b>Due before the horizon.</b> A full fence, and {@code scanAt} is read. The watchdog's side has its fence between
 *     publishing {@code scanAt} and looking at slots, so one of the two sees the other (Dekker): either the scan that published
 *     sees the slot, or {@code scanAt} is what the next scan goes by, and is moved forward to when the alarm is due if need be.
 *     Each such move wakes the watchdog; there is at most one for many alarms with the same delay, because later ones are due
 *     later, and the moved scan takes place whether or not the alarm is still set.
 * </ul>
 *
 * While nothing is set the gaps double up to {@link #LONGEST_GAP}: an idle watchdog wakes a few times a minute, and needs no way
 * of going to sleep for good that an alarm set at that very moment could slip through.
 */
final class Watchdog {

    /** Between two scans while alarms are set: 100 ms. */
    static final long GAP = TimeUnit.MILLISECONDS.toNanos(100);

    static final long LONGEST_GAP = 64 * GAP; // 6.4 s

    /** Sleep after every turn, so that many alarms with different due times share one: 0.5 ms. */
    static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);

    /** Half of what a clock reading holds: readings are compared by their difference. */
    private static final long FOREVER = Long.MAX_VALUE >> 1;

    private static final VarHandle SCAN_AT;

    static {
        try {
            SCAN_AT = MethodHandles.lookup().findVarHandle(Watchdog.class, "scanAt", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Ticker ticker;

    private final Runnable alarmClock;

    private final AlarmPool pool = new AlarmPool();

    /** Slots that no scan has seen. */
    private final Queue<Slot> newSlots = new ConcurrentLinkedQueue<>();

    /** Slots whose bells are gone, with the threads that kept them. */
    private final ReferenceQueue<Bell> forgotten = new ReferenceQueue<>();

    private volatile long scanAt;

    private volatile long horizon;

    // from here on: whoever calls turn()

    private final List<Slot> slots = new ArrayList<>();

    private final SoonDue soonDue = new SoonDue();

    /** What {@link #scanAt} is unless somebody has moved it. */
    private long plannedScanAt;

    private long gap = GAP;

    private boolean anySet;

    private long scannedAt;

    private long turnedAt;

    /**
     * A watchdog that has nothing to look after.
     *
     * @param ticker what alarms go by
     * @param alarmClock wakes whoever calls {@link #turn}; called for the first time when the first alarm is set
     */
    Watchdog(Ticker ticker, Runnable alarmClock) {
        this.ticker = ticker;
        this.alarmClock = alarmClock;
        long now = ticker.nanos();
        scannedAt = now - GAP;
        turnedAt = now - PAUSE;
        plannedScanAt = now + FOREVER;
        horizon = plannedScanAt;
        scanAt = plannedScanAt;
    }

    /** An alarm with a new bell, or one that somebody has given back. */
    Alarm alarm(Runnable ring) {
        Bell bell = pool.take();
        if (bell == null) {
            bell = new Bell(forgotten);
            newSlots.add(bell.slot());
        }
        bell.does(ring);
        return new WatchedAlarm(this, bell);
    }

    void takeBack(WatchedAlarm alarm) {
        pool.give(alarm);
    }

    long nanos() {
        return ticker.nanos();
    }

    boolean goesBy(Ticker other) {
        return ticker == other;
    }

    static long later(long nanos, long delayNanos) {
        return nanos + Math.min(Math.max(0, delayNanos), FOREVER);
    }

    void set(Bell bell, long due) {
        bell.set(due);
        if (due - horizon < 0) {
            expect(bell, due);
        }
    }

    private void expect(Bell bell, long due) {
        VarHandle.fullFence();
        if (scanBy(due)) {
            wake(bell);
        }
    }

    private boolean scanBy(long time) {
        for (long at = scanAt; time - at < 0; at = scanAt) {
            if (SCAN_AT.compareAndSet(this, at, time)) {
                return true;
            }
        }
        return false;
    }

    /** A JVM that cannot start the watchdog's thread must say so each time, and not take alarms nobody looks after. */
    private void wake(Bell bell) {
        try {
            alarmClock.run();
        } catch (Throwable noThread) {
            scanAt = ticker.nanos() + FOREVER;
            bell.clear();
            throw noThread;
        }
    }

    /**
     * Does what is to be done now.
     *
     * @return how long to sleep, unless woken
     */
    long turn() {
        long now = ticker.nanos();
        long rest = turnedAt + PAUSE - now;
        if (rest > 0) {
            return rest;
        }
        long at = scanAt;
        boolean hurried = at != plannedScanAt;
        if (at - now <= 0 || (hurried && now - scannedAt >= GAP)) {
            scan(now, hurried);
        }
        soonDue.ring(now);
        turnedAt = ticker.nanos();
        return Math.max(PAUSE, soonDue.earliest(scanAt) - turnedAt);
    }

    /** After a turn that failed half way. */
    void startOver() {
        scanBy(ticker.nanos());
    }

    private void scan(long now, boolean hurried) {
        scannedAt = now;
        gap = hurried || anySet ? GAP : Math.min(2 * gap, LONGEST_GAP);
        plannedScanAt = now + gap;
        scanAt = plannedScanAt;
        horizon = now + 3 * gap;
        VarHandle.fullFence();
        admitAndForget();
        anySet = collect(now + GAP);
        if (anySet && gap > GAP) {
            shortenGap(now);
        }
    }

    private void admitAndForget() {
        for (Slot slot = newSlots.poll(); slot != null; slot = newSlots.poll()) {
            slots.add(slot);
        }
        for (Reference<?> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            ((Slot) gone).forget();
        }
    }

    /** Takes note of what is due before a time, and tells whether anything is set at all. */
    private boolean collect(long until) {
        soonDue.removeAll();
        boolean found = false;
        for (int i = slots.size() - 1; i >= 0; i--) { // backwards: what fills a gap has been looked at
            Slot slot = slots.get(i);
            long word = slot.word();
            if (Slot.isSet(word)) {
                found = true;
                long due = slot.dueNanos();
                if (due - until < 0) {
                    soonDue.add(slot, word, due);
                }
            } else if (slot.isForgotten()) {
                Slot last = slots.remove(slots.size() - 1);
                if (i < slots.size()) {
                    slots.set(i, last);
                }
            }
        }
        return found;
    }

    private void shortenGap(long now) {
        gap = GAP;
        plannedScanAt = now + GAP;
        scanBy(plannedScanAt);
        horizon = now + 3 * GAP;
    }

    /** By whoever calls {@link #turn}: how many slots there are. */
    int size() {
        return slots.size() + newSlots.size();
    }
}

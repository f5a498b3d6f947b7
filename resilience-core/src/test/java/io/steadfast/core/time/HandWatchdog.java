package io.steadfast.core.time;

/** A watchdog with a clock moved by hand, and what its thread would do: turn, sleep as told, or until woken. */
final class HandWatchdog implements Ticker {

    /** So that readings overflow a few seconds later. */
    private long now = Long.MAX_VALUE - 3_000_000_000L;

    final Watchdog watchdog = new Watchdog(this, this::wake);

    int clockReads;

    int wakes;

    int turns;

    /** A JVM that cannot start the thread. */
    boolean threadless;

    private long nextTurn;

    private boolean started;

    @Override
    public long nanos() {
        clockReads++;
        return now;
    }

    long now() {
        return now;
    }

    long untilNextTurn() {
        return nextTurn - now;
    }

    Alarm alarm(Runnable ring) {
        return watchdog.alarm(ring);
    }

    /** Lets time pass, to the nanosecond. */
    void pass(long nanos) {
        long end = now + nanos;
        while (started && nextTurn - end <= 0) {
            now = nextTurn;
            turns++;
            nextTurn = now + watchdog.turn();
        }
        now = end;
    }

    private void wake() {
        if (threadless) {
            throw new OutOfMemoryError("no more threads");
        }
        wakes++;
        started = true;
        nextTurn = now;
    }
}

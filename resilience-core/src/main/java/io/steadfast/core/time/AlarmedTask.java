package io.steadfast.core.time;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.steadfast.core.time.Timer.Scheduled;

/** A task that is an alarm until its time has come. Gives the alarm back once, whoever has done with it first. */
final class AlarmedTask implements Scheduled {

    private final AtomicBoolean over = new AtomicBoolean();

    private final Alarm alarm;

    /**
     * Sets the alarm.
     *
     * @param whenDue what to do when the time has come, on the watchdog's thread; it is handed this task, to begin
     */
    AlarmedTask(Watchdog watchdog, long delayNanos, Consumer<AlarmedTask> whenDue) {
        this.alarm = watchdog.alarm(() -> whenDue.accept(this));
        alarm.set(delayNanos);
    }

    /** Whether the task is to be run: nobody has cancelled it, nor begun it. */
    boolean begin() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            alarm.release();
        }
        return first;
    }

    @Override
    public void cancel() {
        begin(); // and never runs it
    }
}

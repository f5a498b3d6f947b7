package io.steadfast.core.time;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Timer.Scheduled;
import org.jspecify.annotations.Nullable;

/** An alarm made of tasks of any timer: for timers that know nothing cheaper. Each setting is a task with a state of its own. */
final class ScheduledAlarm implements Alarm {

    private static final int SET = 0;
    private static final int CLEARED = 1;
    private static final int RINGING = 2;
    private static final int RUNG = 3;

    private final Timer timer;

    private final Runnable ring;

    private Setting setting = Setting.NONE;

    ScheduledAlarm(Timer timer, Runnable ring) {
        this.timer = timer;
        this.ring = ring;
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedExecutionException if the timer accepts no more tasks
     */
    @Override
    public void set(long delayNanos) {
        Setting fresh = new Setting();
        fresh.scheduled = timer.schedule(() -> fresh.ring(ring), delayNanos);
        setting = fresh;
    }

    @Override
    public boolean clear() {
        Setting old = setting;
        setting = Setting.NONE;
        return old.clear();
    }

    @Override
    public void release() {
        clear();
    }

    private static final class Setting {

        static final Setting NONE = new Setting();

        private final AtomicInteger state = new AtomicInteger(SET);

        private Scheduled scheduled = () -> {};

        /** Plain: each thread compares it with itself only. */
        private @Nullable Thread ringer;

        void ring(Runnable ring) {
            ringer = Thread.currentThread();
            if (state.compareAndSet(SET, RINGING)) {
                try {
                    ring.run();
                } finally {
                    state.set(RUNG);
                }
            }
        }

        boolean clear() {
            if (state.compareAndSet(SET, CLEARED)) {
                scheduled.cancel();
                return true;
            }
            while (state.get() == RINGING && ringer != Thread.currentThread()) {
                Thread.onSpinWait();
            }
            return state.get() == CLEARED;
        }
    }
}

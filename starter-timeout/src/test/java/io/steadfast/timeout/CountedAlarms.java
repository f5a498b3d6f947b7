package io.steadfast.timeout;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/** The JVM's own timer, with a count of the alarms that are set: neither cleared nor rung. */
final class CountedAlarms implements Timer {

    private final Timer real = Timer.system();

    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicLong rung = new AtomicLong();

    int pending() {
        return pending.get();
    }

    long rung() {
        return rung.get();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        real.sleep(nanos);
    }

    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
        return real.await(signal, nanos);
    }

    @Override
    public Scheduled schedule(Runnable task, long delayNanos) {
        return real.schedule(task, delayNanos);
    }

    @Override
    public Alarm alarm(Runnable ring) {
        return new Counted(real.alarm(() -> {
            pending.decrementAndGet();
            rung.incrementAndGet();
            ring.run();
        }));
    }

    private final class Counted implements Alarm {

        private final Alarm alarm;

        private boolean set;

        Counted(Alarm alarm) {
            this.alarm = alarm;
        }

        @Override
        public void set(long delayNanos) {
            pending.incrementAndGet();
            set = true;
            alarm.set(delayNanos);
        }

        @Override
        public void setFrom(Ticker ticker, long sinceNanos, long delayNanos) {
            pending.incrementAndGet();
            set = true;
            alarm.setFrom(ticker, sinceNanos, delayNanos);
        }

        @Override
        public boolean clear() {
            boolean inTime = alarm.clear();
            if (set && inTime) {
                pending.decrementAndGet();
            }
            set = false;
            return inTime;
        }

        @Override
        public void release() {
            clear();
            alarm.release();
        }
    }
}

package io.steadfast.core.time;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** The watchdog of the JVM's own timer: one daemon thread, started when the first alarm is set. */
final class WatchdogThread {

    private final ThreadFactory threads;

    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    private final Watchdog watchdog = new Watchdog(Ticker.system(), this::wake);

    WatchdogThread(ThreadFactory threads) {
        this.threads = threads;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    private void wake() {
        Thread running = thread.get();
        if (running == null) {
            start();
        } else {
            LockSupport.unpark(running);
        }
    }

    private void start() {
        Thread fresh = threads.newThread(this::watch);
        if (!thread.compareAndSet(null, fresh)) {
            return; // whoever came first starts it, and it begins with a scan
        }
        try {
            fresh.start();
        } catch (Throwable noThread) {
            thread.set(null);
            throw noThread;
        }
    }

    private void watch() {
        while (true) {
            LockSupport.parkNanos(watchdog, turn());
            Thread.interrupted(); // an alarm that interrupts this thread must not keep it awake for ever
        }
    }

    private long turn() {
        try {
            return watchdog.turn();
        } catch (Throwable broken) {
            Bell.complain("The watchdog could not look after the alarms, and tries again", broken);
            watchdog.startOver();
            return Watchdog.GAP;
        }
    }
}

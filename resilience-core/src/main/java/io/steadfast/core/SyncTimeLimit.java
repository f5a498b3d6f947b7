package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest on the caller's own thread and interrupts that thread when the time is up. Code that is deaf to
 * interrupts ends as a timeout when it returns.
 */
record SyncTimeLimit(PolicySlot<TimeLimit> slot, SyncStep next, Timer timer, Reporter reporter) implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        TimeLimit limit = slot.policy();
        long nanos = Judgement.limitNanos(limit, call, reporter);
        if (nanos <= 0) {
            return next.run(call);
        }
        Alarm alarm = new Alarm(call);
        Timer.Scheduled scheduled = timer.schedule(alarm, nanos);
        Object result = null;
        Throwable failure = null;
        try {
            result = next.run(call);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        scheduled.cancel();
        if (alarm.hasRung()) {
            reporter.timedOut(limit, call, nanos);
            CallTimeoutException timeout = new CallTimeoutException(call.name(), Duration.ofNanos(nanos));
            if (failure != null) {
                History.suppress(failure, timeout);
            }
            throw timeout;
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /**
     * Interrupts the caller, at most once, and never after the caller has gone on: the caller waits until an interrupt
     * that is on its way has arrived, and takes it back.
     */
    private static final class Alarm extends AtomicInteger implements Runnable {

        private static final int SET = 0;
        private static final int RINGING = 1;
        private static final int RUNG = 2;
        private static final int OFF = 3;

        private final Call call;

        private final Thread caller = Thread.currentThread();

        private final boolean interruptedBefore = caller.isInterrupted();

        Alarm(Call call) {
            super(SET);
            this.call = call;
        }

        @Override
        public void run() {
            if (compareAndSet(SET, RINGING)) {
                call.limitRang();
                caller.interrupt();
                set(RUNG);
            }
        }

        boolean hasRung() {
            if (compareAndSet(SET, OFF)) {
                return false;
            }
            while (get() == RINGING) {
                Thread.onSpinWait();
            }
            call.limitHandled();
            if (!interruptedBefore) {
                Thread.interrupted();
            }
            if (call.limitReached()) {
                caller.interrupt(); // a limit further out has rung too, and its interrupt was just taken for ours
            }
            return true;
        }
    }
}

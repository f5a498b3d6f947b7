package io.steadfast.failover.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.core.Instance;
import io.steadfast.core.SettingsCheck;
import io.steadfast.core.time.Timer;
import io.steadfast.core.time.Timer.Scheduled;
import org.jspecify.annotations.Nullable;

/** One check under way. It is decided once: by what it returns, by its timeout, or by its instance having gone. */
final class RunningCheck implements Runnable {

    private enum State {
        /** Nothing is known yet. */
        RUNNING,
        /** Nobody wants to know. */
        DROPPED,
        /** It is decided, and somebody is telling it. */
        TELLING,
        /** The same, and the thread of the check has left meanwhile: whoever tells ends it. */
        LEFT,
        /** It is decided and told. */
        TOLD
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    /** So that nobody interrupts the thread after it has gone on to other work. Held for that only, never while anybody is told. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Probe probe;

    private final Instance instance;

    private final HealthConfig config;

    private final Timer timer;

    private final HealthListener listener;

    private final Runnable whenOver;

    private @Nullable Thread thread;

    RunningCheck(
            Probe probe,
            Instance instance,
            HealthConfig config,
            Timer timer,
            HealthListener listener,
            Runnable whenOver) {
        this.probe = probe;
        this.instance = instance;
        this.config = config;
        this.timer = timer;
        this.listener = listener;
        this.whenOver = whenOver;
    }

    @Override
    public void run() {
        try {
            if (begins()) {
                decide(ask(), false);
            }
        } finally {
            leaves();
            if (!state.compareAndSet(State.TELLING, State.LEFT)) {
                whenOver.run();
            }
        }
    }

    /** Its instance has gone, or all checks end: what it finds is not wanted any more. */
    void drop() {
        if (state.compareAndSet(State.RUNNING, State.DROPPED)) {
            interrupt();
        }
    }

    private HealthVerdict ask() {
        @Nullable Scheduled end = null;
        try {
            Duration timeout = config.timeout();
            end = timer.schedule(
                    () -> decide(HealthVerdict.noAnswer("no answer within " + text(timeout)), true), timeout.toNanos());
            HealthVerdict verdict = config.check().check(instance, timeout);
            return isNothing(verdict) ? HealthVerdict.noAnswer("the check returned null") : verdict;
        } catch (Throwable failure) {
            return HealthVerdict.noAnswer(text(failure));
        } finally {
            if (end != null) {
                end.cancel();
            }
        }
    }

    private boolean begins() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            return state.get() == State.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    private void leaves() {
        lock.lock();
        try {
            thread = null;
            Thread.interrupted(); // ours, or that of the check itself: neither is for the thread's next task
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        lock.lock();
        try {
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void decide(HealthVerdict verdict, boolean late) {
        if (!state.compareAndSet(State.RUNNING, State.TELLING)) {
            return;
        }
        if (late) {
            interrupt();
        }
        tell(verdict);
        if (!state.compareAndSet(State.TELLING, State.TOLD)) {
            whenOver.run();
        }
    }

    private void tell(HealthVerdict verdict) {
        try {
            if (probe.judge(verdict)) {
                listener.checked(instance, verdict.isPassed(), verdict.why());
            }
        } catch (Throwable broken) {
            HealthChecks.complain("Nobody could be told of the health check of " + instance, broken);
        }
    }

    @SuppressWarnings("ConstantValue") // the checks of others are not compiled with ours
    private static boolean isNothing(@Nullable HealthVerdict verdict) {
        return verdict == null;
    }

    private static String text(Duration timeout) {
        return SettingsCheck.text(timeout);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        String text = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return text.replaceAll("\\R", " ");
    }
}

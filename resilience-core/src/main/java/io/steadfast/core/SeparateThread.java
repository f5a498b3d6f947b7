package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest of a call on a thread of its own and waits for it, but no longer than the limit. What does not end by then is
 * interrupted and left behind; it settles its own permits when it ends.
 */
final class SeparateThread {

    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int INTERRUPTING = 2;
    private static final int LEFT = 3;

    private final TimeLimit limit;

    private final Call call;

    /** What the other thread writes to, so that it cannot disturb the next attempt once it is left behind. */
    private final Call copy;

    private final SyncStep next;

    private final PolicyRuntime runtime;

    private final Reporter reporter;

    private final AtomicInteger state = new AtomicInteger(RUNNING);

    private final Signal end = new Signal();

    private volatile @Nullable Interrupts worker;

    private @Nullable Object result;

    private @Nullable Throwable failure;

    SeparateThread(TimeLimit limit, Call call, SyncStep next, PolicyRuntime runtime, Reporter reporter) {
        this.limit = limit;
        this.call = call;
        this.copy = call.copy();
        this.next = next;
        this.runtime = runtime;
        this.reporter = reporter;
    }

    @Nullable
    Object run(long nanos) throws Throwable {
        runtime.timer().schedule(Carrying.wrap(runtime.carrier(), this::work), 0);
        try {
            if (!runtime.timer().await(end, nanos)) {
                leave(true);
            }
        } catch (InterruptedException interrupt) {
            leave(CallThread.interruptedByLimit());
            throw new CancellationException("Call '" + call.name() + "' was interrupted").initCause(interrupt);
        } catch (Throwable rejected) { // a timer that cannot wait
            leave(true);
            throw rejected;
        } finally {
            call.join(copy, state.get() == ENDED);
        }
        if (state.get() != ENDED) {
            throw timeout(nanos);
        }
        Throwable thrown = failure;
        if (thrown == null) {
            return result;
        }
        if (!Judgement.endedByLimit(call, thrown, false)) {
            throw thrown;
        }
        CallTimeoutException timeout = timeout(nanos);
        History.suppress(thrown, timeout);
        throw timeout;
    }

    private CallTimeoutException timeout(long nanos) {
        reporter.timedOut(limit, call, nanos);
        return new CallTimeoutException(call.name(), Duration.ofNanos(nanos));
    }

    private void leave(boolean byLimit) {
        if (state.compareAndSet(RUNNING, INTERRUPTING)) {
            Judgement.leftRunning(limit, call, reporter);
            Interrupts busy = worker;
            if (busy != null && byLimit) {
                busy.give();
            } else if (busy != null) {
                busy.passOn();
            }
            state.set(LEFT);
        }
    }

    /** On the other thread. */
    private void work() {
        CallThread thread = CallThread.current();
        Ticker outerTicker = thread.ticker();
        long outerDeadline = thread.deadlineNanos();
        thread.open(copy.ticker(), copy.deadlineNanos());
        worker = thread.alarms().interrupts();
        Object answer = null;
        Throwable thrown = null;
        try {
            answer = state.get() == RUNNING ? next.run(copy) : null;
        } catch (Throwable any) {
            thrown = any;
        }
        thread.open(outerTicker, outerDeadline);
        result = answer;
        failure = thrown;
        if (state.compareAndSet(RUNNING, ENDED)) {
            end.run();
        } else {
            endedLate(thread.alarms().interrupts());
        }
    }

    private void endedLate(Interrupts interrupts) {
        while (state.get() == INTERRUPTING) {
            Thread.onSpinWait(); // an interrupt on its way must not hit what this thread does next
        }
        if (interrupts.areOut()) {
            interrupts.takeBack(false);
        } else {
            Thread.interrupted(); // passed on
        }
        Judgement.endedLate(limit, call, reporter);
    }
}

package io.steadfast.core;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A call that a gate has let in. Its permit is settled once, before the outcome travels on, also where the JVM fails the steps
 * inside (no memory, no stack) before there is an outcome.
 */
final class Admitted extends AtomicBoolean implements Completion {

    private final transient AsyncGate step;

    private final transient Gate gate;

    private final transient Permit permit;

    private final transient AsyncCall async;

    private final transient Completion then;

    private boolean timed;

    private long start;

    Admitted(AsyncGate step, Gate gate, Permit permit, AsyncCall async, Completion then) {
        this.step = step;
        this.gate = gate;
        this.permit = permit;
        this.async = async;
        this.then = then;
    }

    void enter() {
        Call call = async.call();
        try {
            timed = Admission.timed(gate, call, step.reporter());
            start = timed ? call.attemptNanos() : 0;
            step.next().run(async, this);
        } catch (Throwable failure) {
            if (!settle(null, failure)) {
                throw failure; // thrown by those who heard of the outcome
            }
        }
    }

    @Override
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        settle(result, failure);
    }

    private boolean settle(@Nullable Object result, @Nullable Throwable failure) {
        Call call = async.call();
        long elapsed = timed ? step.runtime().ticker().nanos() - start : 0;
        boolean cancelled = async.isCancellation(failure);
        if (!compareAndSet(false, true)) {
            return false;
        }
        if (failure == null || (cancelled && call.hasEmitted())) { // who got elements and has enough was served
            Admission.succeeded(gate, permit, call, elapsed, result, step.reporter());
        } else {
            Admission.failed(gate, permit, call, elapsed, failure, cancelled, step.reporter());
        }
        then.done(result, failure);
        return true;
    }
}

package io.steadfast.core;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import io.steadfast.core.time.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest of a call on a thread of its own and waits for it, but no longer than the limit. What does not end by then is
 * interrupted and left behind.
 */
final class SeparateThread implements Detached.Watcher {

    private final TimeLimit limit;

    private final Call call;

    private final Call copy;

    private final Detached work;

    private final PolicyRuntime runtime;

    private final Reporter reporter;

    private final Signal end = new Signal();

    SeparateThread(TimeLimit limit, Call call, SyncStep next, PolicyRuntime runtime, Reporter reporter) {
        this.limit = limit;
        this.call = call;
        this.copy = call.copy();
        this.work = new Detached(copy, next, this);
        this.runtime = runtime;
        this.reporter = reporter;
    }

    @Nullable
    Object run(long nanos) throws Throwable {
        runtime.timer().schedule(Carrying.wrap(runtime.carrier(), work), 0);
        try {
            if (!runtime.timer().await(end, nanos)) {
                work.leave(true);
            }
        } catch (InterruptedException interrupt) {
            work.leave(CallThread.interruptedByLimit());
            throw new CancellationException("Call '" + call.name() + "' was interrupted").initCause(interrupt);
        } catch (Throwable rejected) { // a timer that cannot wait
            work.leave(true);
            throw rejected;
        } finally {
            call.join(copy, work.hasEnded());
        }
        if (!work.hasEnded()) {
            throw timeout(nanos);
        }
        Throwable thrown = work.failure();
        if (thrown == null) {
            return work.result();
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

    @Override
    public void ended() {
        end.run();
    }

    @Override
    public void left() {
        Judgement.leftRunning(limit, call, reporter);
    }

    @Override
    public void endedLate() {
        Judgement.endedLate(limit, call, reporter);
    }
}

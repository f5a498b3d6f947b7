package io.steadfast.core;

import java.util.concurrent.CancellationException;

import io.steadfast.core.time.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rest on the caller's own thread as long as nothing may run beside it; otherwise each attempt on a thread of its own, while
 * the caller waits for the race. A loser is interrupted and left behind; it settles its own permits, as abandoned, when it ends.
 */
record SyncRace(PolicySlot<Race> slot, SyncStep next, PolicyRuntime runtime, Reporter reporter) implements SyncStep {

    @Override
    public @Nullable Object run(Call call) throws Throwable {
        Race race = slot.policy();
        long delay = Judgement.delayNanos(race, call, 1, reporter);
        if (delay == Race.NEVER || delay >= call.remainingNanos()) {
            return alone(race, call);
        }
        if (call.isRead()) {
            call.enclosedBy(CallThread.call());
        }
        Run run = new Run(this, race, call);
        return run.begin(delay) ? run.await() : alone(race, call);
    }

    private @Nullable Object alone(Race race, Call call) throws Throwable {
        if (!Judgement.timed(race, call, reporter)) {
            return next.run(call);
        }
        long start = call.attemptNanos();
        Object result;
        try {
            result = next.run(call);
        } catch (Throwable failure) {
            Judgement.ended(race, call, 1, call.ticker().nanos() - start, null, failure, reporter);
            throw failure;
        }
        Judgement.ended(race, call, 1, call.ticker().nanos() - start, result, null, reporter);
        return result;
    }

    /** The race of one call. */
    private static final class Run extends Contest {

        private final transient SyncRace step;

        private final transient ContextCarrier.Carried context;

        /** Given when a lane has decided, or none is left. */
        private final transient Signal over = new Signal();

        Run(SyncRace step, Race race, Call call) {
            super(race, call, step.runtime(), step.reporter());
            this.step = step;
            this.context = Carrying.capture(step.runtime().carrier());
        }

        /** {@code false} if there are no threads to be had; then nothing has begun. */
        boolean begin(long delayNanos) {
            Lane first = first();
            try {
                runtime().timer().schedule(carry(first::start), 0);
            } catch (Throwable rejected) {
                return false;
            }
            startNext(1, delayNanos);
            return true;
        }

        @Nullable
        Object await() throws Throwable {
            try {
                runtime().timer().await(over, Long.MAX_VALUE);
            } catch (InterruptedException interrupt) {
                leave(CallThread.interruptedByLimit());
                throw new CancellationException("Call '" + call().name() + "' was interrupted").initCause(interrupt);
            } catch (Throwable rejected) { // a timer that cannot wait
                leave(true);
                throw rejected;
            }
            Lane chosen = conclude();
            Throwable thrown = chosen.failure();
            if (thrown != null) {
                throw thrown;
            }
            return chosen.result();
        }

        private void leave(boolean byUs) {
            close();
            for (Lane lane = last(); lane != null; lane = lane.before()) {
                lane.cutShort();
                ((Course) lane).work.leave(byUs);
            }
            abandon();
        }

        @Override
        Lane lane(int number, @Nullable Lane before) {
            return new Course(this, number, before);
        }

        @Override
        Runnable carry(Runnable part) {
            return Carrying.wrap(context, part);
        }

        @Override
        void decided() {
            over.run();
        }

        @Override
        void over() {
            over.run();
        }
    }

    /** One lane, on the thread that starts it. */
    private static final class Course extends Lane implements Detached.Watcher {

        private final Detached work;

        Course(Run run, int number, @Nullable Lane before) {
            super(run, number, before);
            this.work = new Detached(call(), run.step.next(), this);
        }

        @Override
        void run() {
            work.run();
        }

        @Override
        void stop() {
            work.leave(true);
        }

        @Override
        public void ended() {
            ended(work.result(), work.failure(), false);
        }
    }
}

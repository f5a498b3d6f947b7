package io.steadfast.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.steadfast.core.AsyncCall.Abort;
import org.jspecify.annotations.Nullable;

/** Runs the rest, and runs it once more beside that if it takes long. The losers have settled before the outcome travels on. */
record AsyncRace(PolicySlot<Race> slot, int depth, AsyncStep next, PolicyRuntime runtime, Reporter reporter)
        implements AsyncStep {

    @Override
    public void run(AsyncCall async, Completion then) {
        Race race = slot.policy();
        Call call = async.call();
        long delay = Judgement.delayNanos(race, call, 1, reporter);
        if (delay == Race.NEVER && !Judgement.timed(race, call, reporter)) {
            next.run(async, then);
            return;
        }
        if (call.isRead()) {
            call.enclosedBy(CallThread.call());
        }
        new Run(this, race, async, then).begin(delay);
    }

    /** The race of one call. */
    private static final class Run extends Contest implements AsyncCall.Pending {

        private final transient AsyncRace step;

        private final transient AsyncCall async;

        private final transient Completion then;

        Run(AsyncRace step, Race race, AsyncCall async, Completion then) {
            super(race, async.call(), step.runtime(), step.reporter());
            this.step = step;
            this.async = async;
            this.then = then;
        }

        void begin(long delayNanos) {
            Lane first = first();
            async.begin(this);
            startNext(1, delayNanos);
            first.start();
        }

        @Override
        Lane lane(int number, @Nullable Lane before) {
            return new Course(this, number, before);
        }

        @Override
        Runnable carry(Runnable part) {
            return async.carry(part);
        }

        @Override
        void decided() {
            // the outcome waits for the losers
        }

        @Override
        void over() {
            Lane chosen = conclude();
            for (Lane lane = last(); lane != null; lane = lane.before()) {
                Object lost = lane.result();
                if (lane != chosen && lost != null) {
                    discard(lost);
                }
            }
            then.done(chosen.result(), chosen.failure());
        }

        private void discard(Object lost) {
            try {
                async.target().discard(lost);
            } catch (Throwable ignored) {
                // the application's own clean-up; nobody is left to tell
            }
        }

        /** An order from outside is one to all lanes, as it was given: what it means to them depends on who gave it. */
        @Override
        public void end(Throwable cause) {
            close();
            Abort order = async.order();
            for (Lane lane = last(); lane != null; lane = lane.before()) {
                ((Course) lane).async.abort(order == null ? new Abort(AsyncCall.AROUND_ALL, cause) : order);
            }
        }

        @Override
        public void attempts(Consumer<Attempt> each) {
            for (Lane lane = last(); lane != null; lane = lane.before()) {
                AsyncCall.Pending pending = ((Course) lane).async.pending();
                if (pending != null) {
                    pending.attempts(each);
                }
            }
        }
    }

    /** One lane: an asynchronous call that can be ended by itself. */
    private static final class Course extends Lane implements Completion {

        private final Run run;

        private final AsyncCall async;

        private final AtomicBoolean over = new AtomicBoolean();

        Course(Run run, int number, @Nullable Lane before) {
            super(run, number, before);
            this.run = run;
            this.async = run.async.beside(call(), this::emitting);
        }

        @Override
        void run() {
            try {
                run.step.next().run(async, this);
            } catch (Throwable failure) { // the JVM failed the steps inside, or those who heard of the outcome threw
                if (!end(null, failure)) {
                    throw failure;
                }
            }
        }

        @Override
        void stop() {
            async.supersede();
        }

        @Override
        public void done(@Nullable Object result, @Nullable Throwable failure) {
            end(result, failure);
        }

        private boolean end(@Nullable Object result, @Nullable Throwable failure) {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            ended(result, failure, async.isOrderedFromOutside(run.step.depth(), failure));
            return true;
        }
    }
}

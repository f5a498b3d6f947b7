package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import io.steadfast.reactor.ReactorPipelines;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** The ways in which a call can be made: one scenario is played in all of them. */
public enum CallModel {

    /** A plain method, on its caller's thread. */
    PLAIN {
        @Override
        Runnable start(Pipeline pipeline, ScriptedTarget target, CallRun run) {
            Thread caller = Thread.currentThread();
            run.cancelledBy(caller::interrupt);
            try {
                run.answered(pipeline.call(target, (Target<ScriptedTarget>) ScriptedTarget::plain));
                run.ended(null);
            } catch (Throwable failure) {
                run.ended(failure);
            }
            run.interruptedAfterwards(Thread.interrupted());
            return CallRun.NOTHING; // from now on an interrupt would hit whatever the thread does next
        }
    },

    /** A {@code CompletionStage}. */
    STAGE {
        @Override
        Runnable start(Pipeline pipeline, ScriptedTarget target, CallRun run) {
            var future = pipeline.callAsync(target::stage);
            future.whenComplete((result, failure) -> {
                if (failure == null) {
                    run.answered(result);
                }
                if (!future.isCancelled()) {
                    run.ended(failure);
                }
            });
            return () -> future.cancel(true);
        }
    },

    /** A {@code Mono}. */
    MONO {
        @Override
        Runnable start(Pipeline pipeline, ScriptedTarget target, CallRun run) {
            return subscribe(
                    ReactorPipelines.mono(pipeline, target, (Target<ScriptedTarget>) ScriptedTarget::mono), run);
        }
    },

    /** A {@code Flux} of one element. */
    FLUX {
        @Override
        Runnable start(Pipeline pipeline, ScriptedTarget target, CallRun run) {
            return subscribe(
                    ReactorPipelines.flux(pipeline, target, (Target<ScriptedTarget>) ScriptedTarget::mono), run);
        }
    };

    /**
     * Makes a call and sees it to its end: time passes as the call needs it.
     *
     * @param pipeline the policies, with the timer's clock and waits
     * @param target what is called
     * @param timer the time
     * @return the call, ended
     */
    public CallRun play(Pipeline pipeline, ScriptedTarget target, ManualTimer timer) {
        return begin(pipeline, target, timer).finish();
    }

    /**
     * Makes a call and gives it up after a while.
     *
     * @param patience when to give up; a call that has ended by then is not disturbed
     * @param pipeline the policies, with the timer's clock and waits
     * @param target what is called
     * @param timer the time
     * @return the call, with nothing left to happen
     */
    public CallRun playAndCancel(Duration patience, Pipeline pipeline, ScriptedTarget target, ManualTimer timer) {
        CallRun run = new CallRun(timer);
        timer.schedule(run::cancel, patience.toNanos());
        run.cancelledBy(start(pipeline, target, run));
        return run.finish();
    }

    /**
     * Makes a call, and does not let time pass. A {@link #PLAIN} call has ended all the same when this returns.
     *
     * @param pipeline the policies, with the timer's clock and waits
     * @param target what is called
     * @param timer the time
     * @return the call
     */
    public CallRun begin(Pipeline pipeline, ScriptedTarget target, ManualTimer timer) {
        CallRun run = new CallRun(timer);
        run.cancelledBy(start(pipeline, target, run));
        return run;
    }

    /** Begins the call; answers with what cancels it. */
    abstract Runnable start(Pipeline pipeline, ScriptedTarget target, CallRun run);

    private static Runnable subscribe(Publisher<?> guarded, CallRun run) {
        BaseSubscriber<Object> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                requestUnbounded();
            }

            @Override
            protected void hookOnNext(Object element) {
                run.answered(element);
            }

            @Override
            protected void hookOnError(Throwable failure) {
                run.ended(failure);
            }

            @Override
            protected void hookOnComplete() {
                run.ended(null);
            }
        };
        guarded.subscribe(subscriber);
        return subscriber::cancel;
    }
}

package io.steadfast.reactor;

import java.util.concurrent.CancellationException;

import io.steadfast.core.AsyncTarget;
import io.steadfast.core.Call;
import io.steadfast.core.Completion;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PreparedCall;
import io.steadfast.core.Target;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One subscription, which is one call: what {@code Mono} and {@code Flux} have in common. */
abstract class PublisherCall<I, T> implements Subscription, AsyncTarget<I>, Completion {

    final CoreSubscriber<? super T> actual;

    private final Target<? super I> target;

    private final PreparedCall call;

    PublisherCall(Pipeline pipeline, I invocation, Target<? super I> target, CoreSubscriber<? super T> actual) {
        this.actual = actual;
        this.target = target;
        this.call = pipeline.prepare(invocation, this, this, Deadlines.of(actual.currentContext()));
    }

    /** Enters the pipeline, unless the subscriber cancelled as soon as it could. */
    final void start() {
        if (!isCancelled()) {
            call.start();
        }
    }

    final void cancelWork() {
        call.cancel();
    }

    abstract boolean isCancelled();

    /** Subscribes to what the target returned. */
    abstract void attempt(Publisher<?> source, Emission then);

    /** Answers with what a fallback returned. */
    abstract void answer(@Nullable Object plain, Emission then);

    @Override
    public final @Nullable Object proceed(I invocation) throws Throwable {
        return target.proceed(invocation);
    }

    @Override
    public final @Nullable Object proceed(I invocation, Call call) throws Throwable {
        return target.proceed(invocation, call);
    }

    @Override
    public final @Nullable Object[] arguments(I invocation) {
        return target.arguments(invocation);
    }

    @Override
    public final void follow(@Nullable Object returned, boolean fallback, Emission then) {
        if (returned instanceof Publisher<?> source) {
            attempt(source, then);
        } else if (fallback) {
            answer(returned, then);
        } else {
            then.done(
                    null,
                    new IllegalStateException(
                            "The guarded method returned " + returned + " where a Publisher was expected"));
        }
    }

    @Override
    public final Object surroundings() {
        return actual.currentContext();
    }

    @Override
    public final void discard(Object result) {
        Operators.onDiscard(result, actual.currentContext());
    }

    /** An outcome nobody waits for any more; our own word for "cancelled" is no news. */
    final void drop(@Nullable Throwable failure) {
        if (failure != null && !(failure instanceof CancellationException)) {
            Operators.onErrorDropped(failure, actual.currentContext());
        }
    }
}

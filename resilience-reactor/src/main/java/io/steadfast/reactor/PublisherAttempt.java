package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.steadfast.core.AsyncTarget.Emission;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to what the target returned: the part that copes with publishers, also with those that break the rules of
 * Reactive Streams. Signals after the end go to Reactor's hooks.
 */
abstract class PublisherAttempt implements CoreSubscriber<Object> {

    private static final AtomicReferenceFieldUpdater<PublisherAttempt, @Nullable Subscription> UPSTREAM =
            AtomicReferenceFieldUpdater.newUpdater(PublisherAttempt.class, Subscription.class, "upstream");

    final Emission then;

    private final Context context;

    private volatile @Nullable Subscription upstream;

    private boolean done;

    PublisherAttempt(Emission then, Context context) {
        this.then = then;
        this.context = context;
    }

    /** The publisher is ready to be asked for elements. */
    abstract void ready();

    /** An element that is neither {@code null} nor late. */
    abstract void next(Object element);

    @Override
    public final Context currentContext() {
        return context;
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        if (Operators.setOnce(UPSTREAM, this, subscription)) {
            ready();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the rules forbid null; not every publisher keeps them
    public final void onNext(Object element) {
        if (done) {
            Operators.onNextDropped(element, context);
        } else if (element == null) {
            cancelUpstream();
            onError(new NullPointerException("The guarded publisher emitted null"));
        } else {
            next(element);
        }
    }

    @Override
    public final void onError(Throwable failure) {
        if (!finish() || !then.done(null, failure)) {
            Operators.onErrorDropped(failure, context);
        }
    }

    @Override
    public final void onComplete() {
        if (finish()) {
            then.done(null, null);
        }
    }

    /** Notes the end; {@code false} if it has been noted before. */
    final boolean finish() {
        boolean first = !done;
        done = true;
        return first;
    }

    final void request(long n) {
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.request(n);
        }
    }

    final void discard(Object element) {
        Operators.onDiscard(element, context);
    }

    final void cancelUpstream() {
        Operators.terminate(UPSTREAM, this);
    }

    final boolean isSubscribed() {
        return upstream != null;
    }

    final boolean isCancelled() {
        return upstream == Operators.cancelledSubscription();
    }
}

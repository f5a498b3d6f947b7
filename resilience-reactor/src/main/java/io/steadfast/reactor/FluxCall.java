package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * One subscription to a guarded {@code Flux}. Demand is counted over the whole call; an attempt asks its publisher for what
 * earlier attempts have left over.
 */
final class FluxCall<I, T> extends PublisherCall<I, T> {

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final AtomicLongFieldUpdater<FluxCall> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(FluxCall.class, "requested");

    private final SerialSignals<T> signals;

    private final AtomicBoolean cancelled = new AtomicBoolean();

    private volatile long requested;

    private volatile @Nullable FluxAttempt current;

    FluxCall(Pipeline pipeline, I invocation, Target<? super I> target, CoreSubscriber<? super T> actual) {
        super(pipeline, invocation, target, actual);
        this.signals = new SerialSignals<>(actual);
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            Operators.addCap(REQUESTED, this, n);
            FluxAttempt attempt = current;
            if (attempt != null) {
                attempt.askForMore();
            }
        }
    }

    @Override
    public void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            signals.stop();
            cancelWork();
        }
    }

    @Override
    boolean isCancelled() {
        return cancelled.get();
    }

    /** How many elements the subscriber has asked for since it subscribed. */
    long requested() {
        return requested;
    }

    /**
     * Hands an element on. A subscriber must not throw, but does if the JVM fails it; then it counts as having cancelled
     * (Reactive Streams 2.13), so that no permit waits for a publisher that has broken off on a thread of its own.
     */
    @SuppressWarnings("unchecked") // target and fallback emit Ts
    void emit(Object element) {
        try {
            signals.next((T) element);
        } catch (Throwable failure) {
            cancel();
            throw failure;
        }
    }

    @Override
    void attempt(Publisher<?> source, Emission then) {
        FluxAttempt previous = current;
        long emitted = previous == null ? 0 : previous.close();
        FluxAttempt attempt = new FluxAttempt(this, emitted, then, Deadlines.inside(then, actual.currentContext()));
        current = attempt;
        then.cancelledBy(attempt::cancel);
        if (!attempt.isCancelled()) {
            Flux.from(source).subscribe(attempt);
        }
    }

    @Override
    void answer(@Nullable Object plain, Emission then) {
        attempt(plain == null ? Flux.empty() : Flux.just(plain), then);
    }

    @Override
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        if (isCancelled()) {
            drop(failure);
        } else {
            signals.end(failure);
        }
    }
}

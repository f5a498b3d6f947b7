package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

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

    /** The attempt subscribed to last; each knows the one beside it. */
    private final AtomicReference<@Nullable FluxAttempt> latest = new AtomicReference<>();

    /** The attempt that has emitted last, and may still. */
    private final AtomicReference<@Nullable FluxAttempt> emitter = new AtomicReference<>();

    FluxCall(Pipeline pipeline, I invocation, Target<? super I> target, CoreSubscriber<? super T> actual) {
        super(pipeline, invocation, target, actual);
        this.signals = new SerialSignals<>(actual);
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            Operators.addCap(REQUESTED, this, n);
            for (FluxAttempt attempt = latest.get(); attempt != null; attempt = attempt.beside()) {
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

    /** An attempt may emit its first element. One that is late to say so comes after nobody. */
    void emitter(FluxAttempt attempt) {
        emitter.accumulateAndGet(attempt, (known, next) -> next == null || next.isBefore(known) ? known : next);
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
        FluxAttempt before = emitter.get();
        if (then.isOver()) { // perhaps because the emitter is an attempt beside it, which must go on
            then.cancelledBy(() -> {});
            return;
        }
        long emitted = before == null ? 0 : before.close();
        Context context = Deadlines.inside(then, actual.currentContext());
        FluxAttempt attempt = latest.updateAndGet(last -> new FluxAttempt(this, emitted, last, then, context));
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

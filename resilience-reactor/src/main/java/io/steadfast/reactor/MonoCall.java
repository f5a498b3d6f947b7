package io.steadfast.reactor;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** One subscription to a guarded {@code Mono}. A value that nobody has asked for yet waits here. */
final class MonoCall<I, T> extends PublisherCall<I, T> {

    private static final int ASKED = 1;
    private static final int ANSWERED = 2;
    private static final int CANCELLED = 4;

    private final AtomicInteger state = new AtomicInteger();

    private @Nullable T value;

    MonoCall(Pipeline pipeline, I invocation, Target<? super I> target, CoreSubscriber<? super T> actual) {
        super(pipeline, invocation, target, actual);
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && mark(ASKED) == ANSWERED) {
            emit();
        }
    }

    @Override
    public void cancel() {
        int before = mark(CANCELLED);
        if ((before & CANCELLED) != 0) {
            return;
        }
        if (before == ANSWERED) {
            discard();
        }
        cancelWork();
    }

    @Override
    boolean isCancelled() {
        return (state.get() & CANCELLED) != 0;
    }

    @Override
    void attempt(Publisher<?> source, Emission then) {
        MonoAttempt attempt = new MonoAttempt(then, Deadlines.inside(then, actual.currentContext()));
        then.cancelledBy(attempt::cancel);
        if (!attempt.isCancelled()) {
            Mono.from(source).subscribe(attempt);
        }
    }

    @Override
    void answer(@Nullable Object plain, Emission then) {
        then.done(plain, null);
    }

    @Override
    @SuppressWarnings("unchecked") // target and fallback answer with a T
    public void done(@Nullable Object result, @Nullable Throwable failure) {
        if (result != null && failure == null) {
            value = (T) result;
            int before = mark(ANSWERED);
            if ((before & CANCELLED) != 0) {
                discard();
            } else if ((before & ASKED) != 0) {
                emit();
            }
        } else if (isCancelled()) {
            drop(failure);
        } else if (failure != null) {
            actual.onError(failure);
        } else {
            actual.onComplete();
        }
    }

    private int mark(int bit) {
        return state.getAndUpdate(bits -> bits | bit);
    }

    private void emit() {
        T answer = value;
        value = null;
        if (answer != null) {
            actual.onNext(answer);
        }
        if (!isCancelled()) {
            actual.onComplete();
        }
    }

    private void discard() {
        Operators.onDiscard(value, actual.currentContext());
        value = null;
    }
}

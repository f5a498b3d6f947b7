package io.steadfast.reactor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Hands signals to a subscriber one at a time. Usually only the publisher signals, and an element goes straight through; a
 * time limit, or the next attempt, may signal on another thread meanwhile, and then has to queue. What the subscriber throws
 * goes to whoever hands it the signal, and later signals go out all the same.
 */
final class SerialSignals<T> extends AtomicInteger {

    private final transient CoreSubscriber<? super T> actual;

    private final transient Queue<T> waiting = new ConcurrentLinkedQueue<>();

    private volatile boolean stopped;

    private volatile boolean ended;

    private transient @Nullable Throwable failure;

    SerialSignals(CoreSubscriber<? super T> actual) {
        this.actual = actual;
    }

    void next(T element) {
        if (stopped) {
            Operators.onDiscard(element, actual.currentContext());
        } else if (compareAndSet(0, 1)) {
            try {
                actual.onNext(element);
            } finally {
                if (decrementAndGet() != 0) {
                    drain();
                }
            }
        } else {
            waiting.add(element);
            if (getAndIncrement() == 0) {
                drain();
            }
        }
    }

    /** The last signal, sent once those that wait have gone out. */
    void end(@Nullable Throwable cause) {
        failure = cause;
        ended = true;
        if (getAndIncrement() == 0) {
            drain();
        }
    }

    /** The subscriber has cancelled: no more signals, and what waits is discarded. */
    void stop() {
        stopped = true;
        if (getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int missed = get();
        try {
            while (missed != 0) {
                sendWaiting();
                missed = addAndGet(-missed);
            }
        } finally {
            if (missed != 0) {
                drain();
            }
        }
    }

    private void sendWaiting() {
        boolean last = ended; // read before the queue, so that what was added before the end goes out before it
        for (T element = waiting.poll(); element != null; element = waiting.poll()) {
            if (stopped) {
                Operators.onDiscard(element, actual.currentContext());
            } else {
                actual.onNext(element);
            }
        }
        if (last && !stopped) {
            stopped = true;
            sendLast();
        }
    }

    private void sendLast() {
        Throwable cause = failure;
        if (cause == null) {
            actual.onComplete();
        } else {
            actual.onError(cause);
        }
    }
}

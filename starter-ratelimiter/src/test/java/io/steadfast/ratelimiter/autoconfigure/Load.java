package io.steadfast.ratelimiter.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import io.steadfast.core.RateLimitedException;

/** Threads that make calls as fast as they go. */
final class Load implements AutoCloseable {

    final LongAdder admitted = new LongAdder();

    final LongAdder decided = new LongAdder();

    private final LongAccumulator slowestNanos = new LongAccumulator(Math::max, 0);

    private final AtomicBoolean over = new AtomicBoolean();

    private final List<CompletableFuture<?>> callers = new ArrayList<>();

    /** One thread for each call. */
    Load(BooleanSupplier... calls) {
        for (BooleanSupplier call : calls) {
            CompletableFuture<?> caller = new CompletableFuture<>();
            callers.add(caller);
            Thread thread = new Thread(() -> run(call, caller));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(BooleanSupplier call, CompletableFuture<?> caller) {
        try {
            while (!over.get()) {
                long began = System.nanoTime();
                if (isAdmitted(call)) {
                    admitted.increment();
                }
                decided.increment();
                slowestNanos.accumulate(System.nanoTime() - began);
            }
            caller.complete(null);
        } catch (Throwable unexpected) {
            caller.completeExceptionally(unexpected);
        }
    }

    private static boolean isAdmitted(BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (RateLimitedException refusal) {
            return false;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RateLimitedException) {
                return false;
            }
            throw failure;
        }
    }

    /** The longest that a call took. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Ends the load; fails if a call ended otherwise than let in, or refused by the limiter. */
    @Override
    public void close() {
        over.set(true);
        callers.forEach(CompletableFuture::join);
    }
}

package io.steadfast.ratelimiter.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis: one connection for all who need it, opened in the background when it is first asked for. One that has
 * failed somebody is not trusted any more; the next who asks gets a new one. (Lettuce would mend it by itself, but waits up to
 * half a minute between its tries, and a connection into a dead network looks open for much longer.)
 */
final class RedisLink {

    /** For how long a connection may be under way before another is tried, and an old one may finish what it has begun. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long CLOSE_WITHIN_MILLIS = 1000;

    private final Supplier<? extends AbstractRedisClient> client;

    private final PolicyRuntime runtime;

    private final AtomicReference<@Nullable Attempt> latest = new AtomicReference<>();

    private final Set<RedisNode> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    RedisLink(Supplier<? extends AbstractRedisClient> client, PolicyRuntime runtime) {
        this.client = client;
        this.runtime = runtime;
    }

    /** The connection, perhaps still on its way. Never blocks. */
    CompletableFuture<RedisNode> node() {
        Attempt attempt = latest.get();
        while (attempt == null || attempt.isSpent(runtime.ticker().nanos())) {
            Attempt fresh = new Attempt(runtime.ticker().nanos());
            if (latest.compareAndSet(attempt, fresh)) {
                retire(attempt);
                begin(fresh);
                return fresh.node;
            }
            attempt = latest.get();
        }
        return attempt.node;
    }

    /** Says that a connection has failed, or has not answered in time. One that is not there yet is not to blame. */
    void distrust(CompletableFuture<RedisNode> node) {
        Attempt attempt = latest.get();
        if (attempt != null && attempt.node == node && node.isDone()) {
            attempt.distrusted = true;
        }
    }

    /** No connection is opened from now on. */
    void close() {
        closed = true;
        disconnect();
    }

    /**
     * Closes what is open, and what is being opened; whoever asks next gets a new connection. Waits a moment until that is done:
     * a client that is shut down before complains.
     */
    void disconnect() {
        Attempt last = latest.getAndSet(null);
        List<CompletableFuture<?>> closing = new ArrayList<>();
        open.forEach(node -> closing.add(close(node)));
        if (last != null && !last.node.isDone()) {
            closing.add(last.node);
        }
        try {
            CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unclosed) {
            // nothing more to be done
        }
    }

    private void begin(Attempt attempt) {
        if (closed) {
            attempt.node.completeExceptionally(new IllegalStateException("the connection has been closed"));
            return;
        }
        try {
            runtime.timer().schedule(() -> connect(attempt), 0);
        } catch (RejectedExecutionException noThread) {
            attempt.node.completeExceptionally(noThread);
        }
    }

    private void connect(Attempt attempt) {
        try {
            RedisNode node = RedisNode.connect(client.get());
            open.add(node);
            if (closed || latest.get() != attempt) {
                close(node).whenComplete((done, failure) -> attempt.node.complete(node));
            } else {
                attempt.node.complete(node);
            }
        } catch (Throwable failure) {
            attempt.node.completeExceptionally(failure);
        }
    }

    private void retire(@Nullable Attempt old) {
        if (old == null || !old.node.isDone() || old.node.isCompletedExceptionally()) {
            return; // what is under way finds out by itself that it comes too late
        }
        RedisNode node = old.node.join();
        try {
            runtime.timer().schedule(() -> close(node), node.isOpen() ? PATIENCE_NANOS : 0);
        } catch (RejectedExecutionException noThread) {
            close(node);
        }
    }

    private CompletableFuture<Void> close(RedisNode node) {
        return open.remove(node) ? node.close() : CompletableFuture.completedFuture(null);
    }

    /** One connection, from the moment it is asked for. */
    private static final class Attempt {

        final CompletableFuture<RedisNode> node = new CompletableFuture<>();

        private final long beganNanos;

        volatile boolean distrusted;

        Attempt(long beganNanos) {
            this.beganNanos = beganNanos;
        }

        boolean isSpent(long now) {
            if (!node.isDone()) {
                return now - beganNanos > PATIENCE_NANOS;
            }
            return distrusted || node.isCompletedExceptionally() || !node.join().isOpen();
        }
    }
}

package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ADR 0013 says of resilience4j's bulkhead. If one of these fails after an upgrade, the decision is worth another look. */
class EngineFactsTests {

    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    private final AtomicReference<Thread> blocked = new AtomicReference<>();

    private final Bulkhead engine = Bulkhead.of(
            "stock",
            BulkheadConfig.custom()
                    .maxConcurrentCalls(2)
                    .maxWaitDuration(Duration.ofMinutes(1))
                    .build());

    @AfterEach
    void endCaller() {
        caller.shutdownNow();
    }

    @Test
    void whenACallWaits_thenItHoldsItsThread() {
        engine.acquirePermission();
        engine.acquirePermission();
        CompletableFuture<Void> waiting = onItsOwnThread(engine::acquirePermission);

        await().until(this::isBlocked);
        assertThat(waiting).isNotDone();
        engine.releasePermission();
        waiting.join();
    }

    @Test
    void whenTheLimitIsLowered_thenWhoeverLowersItIsBlockedUntilCallsEnd() {
        engine.acquirePermission();
        engine.acquirePermission();
        BulkheadConfig smaller = BulkheadConfig.custom().maxConcurrentCalls(1).build();
        CompletableFuture<Void> lowering = onItsOwnThread(() -> engine.changeConfig(smaller));

        await().until(this::isBlocked);
        assertThat(lowering).isNotDone();
        engine.releasePermission();
        lowering.join();
    }

    private CompletableFuture<Void> onItsOwnThread(Runnable work) {
        return CompletableFuture.runAsync(
                () -> {
                    blocked.set(Thread.currentThread());
                    work.run();
                },
                caller);
    }

    private boolean isBlocked() {
        Thread thread = blocked.get();
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}

package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.fallback.Fallback;
import org.junit.jupiter.api.Test;

class FallbackRaceTests {

    private static final int THREADS = 8;

    private static final int CALLS = 20_000;

    /** A library that makes the method accessible for each call loses some of these calls to IllegalAccessException. */
    @Test
    void whenManyThreadsFallBackToAPrivateMethod_thenNoCallFails() throws Exception {
        Inventory inventory = Guarded.proxy(new Inventory());
        AtomicInteger answered = new AtomicInteger();
        Callable<Void> caller = () -> {
            for (int i = 0; i < CALLS; i++) {
                if (inventory.find(i) == -i) {
                    answered.incrementAndGet();
                }
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(caller));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answered).hasValue(THREADS * CALLS);
    }

    static class Inventory {

        private static final IllegalStateException DOWN = new IllegalStateException("down");

        @Fallback(method = "findInstead")
        int find(int id) {
            throw DOWN;
        }

        private int findInstead(int id, Throwable failure) {
            return -id;
        }
    }
}

package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/** Settings change all the time while many threads call. In the end every permit is back and nobody waits. */
class SuccessionStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 20_000;

    private static final int LARGEST = 6;

    private static final List<BulkheadConfig> SETTINGS = List.of(
            settings(2).build(),
            settings(LARGEST).build(),
            settings(3).maxWaitDuration(Duration.ofSeconds(1)).queueCapacity(4).build(),
            settings(1)
                    .maxWaitDuration(Duration.ofSeconds(1))
                    .queueCapacity(2)
                    .queueOrder(QueueOrder.LIFO)
                    .build(),
            adaptive(AdaptiveAlgorithm.VEGAS),
            adaptive(AdaptiveAlgorithm.GRADIENT));

    private final AtomicInteger inside = new AtomicInteger();

    private final AtomicInteger most = new AtomicInteger();

    private final AtomicInteger admitted = new AtomicInteger();

    private final PolicySlot<?> slot = PolicySlot.of(BulkheadPolicy.of("stock", SETTINGS.get(0)));

    private static BulkheadConfigBuilder settings(int limit) {
        return BulkheadConfig.builder().maxConcurrentCalls(limit);
    }

    private static BulkheadConfig adaptive(AdaptiveAlgorithm algorithm) {
        return settings(4)
                .maxWaitDuration(Duration.ofSeconds(1))
                .adaptive(AdaptiveLimitConfig.of(algorithm)
                        .withLimits(4, 1, LARGEST)
                        .withWindow(Duration.ofMillis(10)))
                .build();
    }

    @Test
    void whenSettingsChangeAllTheTime_thenNoPermitIsLostAndTheLargestLimitHolds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean changes = thread == 0;
                SplittableRandom random = new SplittableRandom(thread);
                running.add(threads.submit(() -> manyCalls(random, changes)));
            }
            for (Future<?> one : running) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(2, LARGEST);
        assertThat(admitted.get()).isPositive();
        assertThat(bulkhead().snapshot()).containsEntry("in-flight", 0).containsEntry("queued", 0);
        change(SETTINGS.get(1));
        assertThat(bulkhead().snapshot()).containsEntry("limit", LARGEST);
    }

    private BulkheadPolicy bulkhead() {
        return (BulkheadPolicy) slot.policy();
    }

    private void change(BulkheadConfig settings) {
        BulkheadPolicy next = bulkhead().successor(settings, PolicyRuntime.system());
        next.takeOver();
        slot.replace(next);
    }

    private void manyCalls(SplittableRandom random, boolean changes) {
        Deque<Permit> kept = new ArrayDeque<>();
        for (int i = 0; i < CALLS; i++) {
            if (changes && i % 5 == 0) {
                change(SETTINGS.get(random.nextInt(SETTINGS.size())));
            }
            Call call = Calls.of(Priority.values()[random.nextInt(3)]);
            Permit begun = begin(call, random);
            if (begun != null) {
                admitted.incrementAndGet();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                kept.add(begun);
            }
            while (kept.size() > random.nextInt(3)) {
                end(kept.remove(), random);
            }
        }
        kept.forEach(last -> end(last, random));
    }

    private Permit begin(Call call, SplittableRandom random) {
        try {
            Permit permit = bulkhead().acquire(call);
            if (!(permit instanceof Reservation place)) {
                return permit;
            }
            for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            if (random.nextInt(4) == 0) {
                place.withdraw(call);
                return null;
            }
            return place.claim(call);
        } catch (BulkheadFullException full) {
            return null;
        }
    }

    private void end(Permit permit, SplittableRandom random) {
        inside.decrementAndGet();
        Call call = Calls.of(Priority.NORMAL);
        switch (random.nextInt(3)) {
            case 0 -> permit.succeeded(call, random.nextLong(1_000_000), "ok");
            case 1 -> permit.failed(call, random.nextLong(1_000_000), new NoClassDefFoundError("gone"));
            default -> permit.abandoned(call);
        }
    }
}

package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/** Many threads at once, each call ending in another way. In the end every permit is back and nobody waits. */
class BulkheadStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 20_000;

    private final AtomicInteger inside = new AtomicInteger();

    private final AtomicInteger most = new AtomicInteger();

    private final AtomicInteger admitted = new AtomicInteger();

    private final AtomicInteger waited = new AtomicInteger();

    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void whenManyThreadsCompeteWithoutAQueue_thenNeverMoreThanAllowedAreIn() throws Exception {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(3));
        storm(calls);

        assertThat(most.get()).isBetween(1, 3);
        assertThat(admitted.get()).isPositive();
        assertEmpty(calls);
    }

    @Test
    void whenManyThreadsWait_thenNoPermitIsLostAndNoneIsGivenTwice() throws Exception {
        for (QueueOrder order : QueueOrder.values()) {
            Calls calls = new Calls(BulkheadConfig.builder()
                    .maxConcurrentCalls(3)
                    .maxWaitDuration(Duration.ofSeconds(1))
                    .queueCapacity(3)
                    .queueOrder(order));
            storm(calls);

            assertThat(most.getAndSet(0)).isBetween(1, 3);
            assertEmpty(calls);
        }
        assertThat(waited.get()).as("permits that came through the queue").isPositive();
        assertThat(refused.get()).isPositive();
    }

    @Test
    void whenTheLimitMovesMeanwhile_thenNoPermitIsLostEither() throws Exception {
        Calls calls = new Calls(BulkheadConfig.builder()
                .maxConcurrentCalls(4)
                .maxWaitDuration(Duration.ofSeconds(1))
                .adaptive(AdaptiveLimitConfig.of(AdaptiveAlgorithm.VEGAS)
                        .withLimits(4, 1, 8)
                        .withWindow(Duration.ofMillis(10))));
        storm(calls);

        assertThat(most.get()).isBetween(1, 8);
        assertThat(calls.limit()).isBetween(1, 8);
        assertEmpty(calls);
    }

    /** One permit goes from hand to hand along a queue, while another thread tries to snatch it in between. */
    @Test
    void whenPermitsAreHandedOver_thenNobodyGetsPastTheQueue() throws Exception {
        int waiters = 100_000;
        Permits permits = new Permits(1, QueueOrder.FIFO);
        BulkheadPolicy owner = BulkheadPolicy.of("stock", BulkheadConfig.defaults());
        permits.meet(Priority.NORMAL);
        permits.tryEnter(Priority.NORMAL);
        for (int i = 0; i < waiters; i++) {
            permits.join(new Place(owner, permits, Priority.NORMAL), waiters);
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger snatched = new AtomicInteger();
        ExecutorService snatcher = Executors.newSingleThreadExecutor();
        try {
            Future<?> trying = snatcher.submit(() -> {
                while (!over.get()) {
                    if (permits.tryEnter(Priority.NORMAL)) {
                        snatched.incrementAndGet();
                    }
                }
            });
            for (int i = 0; i < waiters; i++) {
                permits.leave();
            }
            over.set(true);
            trying.get(1, TimeUnit.MINUTES);
        } finally {
            snatcher.shutdownNow();
        }
        assertThat(snatched).hasValue(0);
        assertThat(permits.look())
                .as("the last waiter's permit, and nobody queued")
                .isEqualTo(1);
    }

    private void storm(Calls calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                running.add(threads.submit(() -> manyCalls(calls, random)));
            }
            for (Future<Void> one : running) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Keeps some calls going while it makes others, so that the bulkhead is full most of the time. */
    private Void manyCalls(Calls calls, SplittableRandom random) throws InterruptedException {
        Deque<Running> kept = new ArrayDeque<>();
        for (int i = 0; i < CALLS; i++) {
            Running begun = begin(calls, random);
            if (begun != null) {
                kept.add(begun);
            }
            while (kept.size() > random.nextInt(3)) {
                end(kept.remove(), random);
            }
        }
        kept.forEach(last -> end(last, random));
        return null;
    }

    private Running begin(Calls calls, SplittableRandom random) throws InterruptedException {
        Call call = Calls.of(Priority.values()[random.nextInt(3)]);
        Permit permit;
        try {
            permit = calls.bulkhead.acquire(call);
            if (permit instanceof Reservation place) {
                permit = await(place, call, random);
            }
        } catch (BulkheadFullException full) {
            refused.incrementAndGet();
            return null;
        }
        if (permit == null) {
            return null;
        }
        admitted.incrementAndGet();
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        return new Running(call, permit);
    }

    private void end(Running running, SplittableRandom random) {
        inside.decrementAndGet();
        settle(running.permit(), running.call(), random);
    }

    private record Running(Call call, Permit permit) {}

    /** As a driver does, in a hurry; {@code null} for a caller who has gone. */
    private Permit await(Reservation place, Call call, SplittableRandom random) throws InterruptedException {
        if (random.nextInt(8) == 0) {
            place.withdraw(call);
            return null;
        }
        CountDownLatch woken = new CountDownLatch(1);
        place.whenReady(woken::countDown);
        woken.await(random.nextInt(200), TimeUnit.MICROSECONDS);
        if (random.nextInt(8) == 0) {
            place.withdraw(call);
            return null;
        }
        Permit permit = place.claim(call);
        waited.incrementAndGet();
        return permit;
    }

    private static void settle(Permit permit, Call call, SplittableRandom random) {
        long elapsed = random.nextLong(1_000_000);
        switch (random.nextInt(6)) {
            case 0, 1 -> permit.succeeded(call, elapsed, "ok");
            case 2 -> permit.failed(call, elapsed, new IOException("down"));
            case 3 -> permit.failed(call, elapsed, new NoClassDefFoundError("gone"));
            case 4 -> permit.failed(call, elapsed, new CallTimeoutException("stock", Duration.ofMillis(1)));
            default -> permit.abandoned(call);
        }
    }

    private void assertEmpty(Calls calls) {
        assertThat(inside.get()).isZero();
        assertThat(calls.inFlight()).as("in flight").isZero();
        assertThat(calls.queued()).as("queued").isZero();
    }
}

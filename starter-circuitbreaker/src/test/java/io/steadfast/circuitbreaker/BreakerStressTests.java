package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Permit;
import org.junit.jupiter.api.Test;

class BreakerStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 20_000;

    @Test
    void whenManyThreadsEndCallsInEveryWay_thenNoPermitIsLostAndItRecovers() throws Exception {
        Bench bench = new Bench(Bench.small()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(20)
                .waitDurationInOpenState(Duration.ofMillis(10))
                .maxWaitDurationInOpenState(Duration.ofMillis(40))
                .ignoreExceptions(IllegalArgumentException.class));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long seed = thread;
                running.add(threads.submit(() -> storm(bench, new SplittableRandom(seed))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat((long) bench.breaker.snapshot().get("trips")).isGreaterThan(10);
        assertRecovers(bench);
        assertAnnouncementsAreAChain(bench);
    }

    /** Keeps some permits for a while, so that their outcomes come late. */
    private static void storm(Bench bench, SplittableRandom random) {
        Call call = Call.of("stock");
        List<Permit> kept = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            try {
                kept.add(bench.breaker.acquire(call));
            } catch (CircuitOpenException refused) {
                bench.timer.ticker().advance(Duration.ofNanos(100_000));
            }
            if (random.nextInt(500) == 0) {
                bench.breaker.snapshot();
            }
            while (kept.size() > random.nextInt(6)) {
                settle(kept.remove(random.nextInt(kept.size())), call, random);
            }
        }
        kept.forEach(permit -> permit.abandoned(call));
    }

    private static void settle(Permit permit, Call call, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> permit.succeeded(call, 0, "ok");
            case 3, 4 -> permit.failed(call, 0, new IOException("down"));
            case 5 -> permit.failed(call, 0, new NoClassDefFoundError("gone"));
            case 6 -> permit.failed(call, 0, new IllegalArgumentException("ignored"));
            default -> permit.abandoned(call);
        }
    }

    private static void assertRecovers(Bench bench) {
        bench.engine().transitionToOpenState();
        bench.isRefused();
        bench.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            bench.succeed();
        }
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
    }

    /** From closed to closed, each state was entered as often as it was left: no change was told twice, none forgotten. */
    private static void assertAnnouncementsAreAChain(Bench bench) {
        Map<String, Integer> balance = new TreeMap<>();
        for (String edge : bench.transitions()) {
            String[] ends = edge.split(" > ");
            assertThat(ends[0]).isNotEqualTo(ends[1]);
            balance.merge(ends[0], -1, Integer::sum);
            balance.merge(ends[1], 1, Integer::sum);
        }
        assertThat(balance)
                .containsOnlyKeys("CLOSED", "HALF_OPEN", "OPEN")
                .allSatisfy((state, difference) -> assertThat(difference).isZero());
    }

    @Test
    void whenManyThreadsCompeteForTrials_thenNeverMoreThanPermittedAreOut() throws Exception {
        Bench bench = new Bench(Bench.small()
                .initialState(io.github.resilience4j.circuitbreaker.CircuitBreaker.State.HALF_OPEN)
                .permittedNumberOfCallsInHalfOpenState(3));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                running.add(threads.submit(() -> compete(bench, inside, most)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(bench.breaker.snapshot()).containsEntry("trials-left", 3);
    }

    private static void compete(Bench bench, AtomicInteger inside, AtomicInteger most) {
        Call call = Call.of("stock");
        for (int i = 0; i < CALLS; i++) {
            try {
                Permit permit = bench.breaker.acquire(call);
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                permit.abandoned(call);
            } catch (CircuitOpenException refused) {
                Thread.onSpinWait();
            }
        }
    }
}

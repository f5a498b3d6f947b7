package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicySlot;
import org.junit.jupiter.api.Test;

/** Settings change all the time while many threads call. */
class SuccessionStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 20_000;

    private static final List<BreakerConfig> SETTINGS = List.of(
            quick(20).build(),
            quick(20)
                    .failureRateThreshold(90)
                    .permittedNumberOfCallsInHalfOpenState(2)
                    .build(),
            quick(40).automaticTransitionFromOpenToHalfOpenEnabled(true).build(),
            quick(20).slidingWindowType(SlidingWindowType.TIME_BASED).build());

    private static BreakerConfigBuilder quick(int window) {
        return Bench.small()
                .slidingWindowSize(window)
                .minimumNumberOfCalls(20)
                .waitDurationInOpenState(Duration.ofMillis(10))
                .maxWaitDurationInOpenState(Duration.ofMillis(40));
    }

    @Test
    void whenSettingsChangeAllTheTime_thenNoPermitIsLostAndItRecovers() throws Exception {
        Bench bench = new Bench(quick(20));
        PolicySlot<?> slot = PolicySlot.of(bench.breaker);
        race(thread -> storm(bench, slot, thread == 0, new SplittableRandom(thread)));

        change(slot, SETTINGS.get(0));
        assertThat((long) slot.policy().snapshot().get("trips")).isGreaterThan(10);
        bench.engine().transitionToOpenState();
        bench.isRefused();
        bench.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            bench.succeed();
        }
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
        List<String> edges = bench.transitions();
        long left = edges.stream().filter(edge -> edge.startsWith("OPEN")).count();
        long entered = edges.stream().filter(edge -> edge.endsWith(" OPEN")).count();
        assertThat(left).as("each opening ended once").isEqualTo(entered);
        assertThat((long) slot.policy().snapshot().get("trips")).isEqualTo(entered);
    }

    /** Trials given before a change are its predecessors'; after it there are never more than its own. */
    @Test
    void whenAHalfOpenBreakerIsChanged_thenEachChangeGivesItsOwnTrialsAndNoMore() throws Exception {
        Bench bench = new Bench(Bench.small().initialState(State.HALF_OPEN).permittedNumberOfCallsInHalfOpenState(3));
        PolicySlot<?> slot = PolicySlot.of(bench.breaker);
        int changes = 200;
        AtomicInteger given = new AtomicInteger();
        race(thread -> {
            Call call = Call.of("stock");
            for (int i = 0; i < CALLS; i++) {
                if (thread == 0 && i % (CALLS / changes) == 0) {
                    change(
                            slot,
                            Bench.small()
                                    .permittedNumberOfCallsInHalfOpenState(3)
                                    .build());
                }
                try {
                    ((CircuitBreakerPolicy) slot.policy()).acquire(call);
                    given.incrementAndGet();
                } catch (CircuitOpenException refused) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(given.get()).isBetween(3, 3 * (changes + 1));
        change(slot, Bench.small().permittedNumberOfCallsInHalfOpenState(3).build());
        assertThat(slot.policy().snapshot()).containsEntry("trials-left", 3);
    }

    private static void change(PolicySlot<?> slot, BreakerConfig settings) {
        CircuitBreakerPolicy next = ((CircuitBreakerPolicy) slot.policy()).successor(settings);
        next.takeOver();
        slot.replace(next);
    }

    private static void storm(Bench bench, PolicySlot<?> slot, boolean changes, SplittableRandom random) {
        Call call = Call.of("stock");
        List<Permit> kept = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            if (changes && i % 50 == 0) {
                change(slot, SETTINGS.get(random.nextInt(SETTINGS.size())));
            }
            try {
                kept.add(((CircuitBreakerPolicy) slot.policy()).acquire(call));
            } catch (CircuitOpenException refused) {
                bench.timer.ticker().advance(Duration.ofNanos(100_000));
            }
            while (kept.size() > random.nextInt(6)) {
                Permit ending = kept.remove(random.nextInt(kept.size()));
                switch (random.nextInt(4)) {
                    case 0 -> ending.succeeded(call, 0, "ok");
                    case 1, 2 -> ending.failed(call, 0, new IOException("down"));
                    default -> ending.abandoned(call);
                }
            }
        }
        kept.forEach(permit -> permit.abandoned(call));
    }

    private static void race(ByThread work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                running.add(threads.submit(() -> work.run(number)));
            }
            for (Future<?> one : running) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ByThread {

        void run(int thread);
    }
}

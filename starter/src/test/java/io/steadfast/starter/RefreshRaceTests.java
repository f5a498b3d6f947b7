package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.ResilienceRefresher;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

/** Settings change again and again while calls go on: no call fails of it, and nothing is lost. */
class RefreshRaceTests {

    private static final int CALLERS = 4;

    private static final int CHANGES = 200;

    private final Map<String, Object> live = new ConcurrentHashMap<>();

    @Test
    void whenSettingsChangeUnderLoad_thenEveryCallIsAnsweredAndEveryPermitIsBack() {
        Steadfast.inRealTime(Till.class)
                .withInitializer(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("live", live)))
                .run(context -> {
                    Till till = context.getBean(Till.class);
                    ResilienceRefresher refresher = context.getBean(ResilienceRefresher.class);
                    AtomicBoolean over = new AtomicBoolean();
                    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
                    try {
                        List<Future<Integer>> traffic = new ArrayList<>();
                        for (int caller = 0; caller < CALLERS; caller++) {
                            traffic.add(callers.submit(() -> callUntil(over, till)));
                        }
                        for (int change = 0; change < CHANGES; change++) {
                            change(change);
                            assertThat(refresher.refresh().isRefused()).isEqualTo(change % 10 == 9);
                        }
                        over.set(true);
                        for (Future<Integer> calls : traffic) {
                            assertThat(calls.get()).isPositive();
                        }
                    } finally {
                        over.set(true);
                        callers.shutdownNow();
                    }
                    assertThat(till.mostAtOnce()).isLessThanOrEqualTo(CALLERS);
                    GuardedPolicy bulkhead =
                            context.getBean(CallCatalogue.class).find("till").orElseThrow().pipeline().stream()
                                    .filter(policy -> policy.id().policy().equals("bulkhead"))
                                    .findFirst()
                                    .orElseThrow();
                    assertThat(bulkhead.slot().policy().snapshot()).containsEntry("in-flight", 0);
                });
    }

    /** Every tenth change is refused; the others turn what there is to turn. */
    private void change(int number) {
        live.put("resilience.retry.instances.till.max-attempts", number % 10 == 9 ? 0 : 1 + number % 5);
        live.put("resilience.bulkhead.instances.till.max-concurrent-calls", CALLERS + number % 3);
        live.put("resilience.circuit-breaker.instances.till.failure-rate-threshold", 50 + number % 50);
        live.put("resilience.circuit-breaker.instances.till.enabled", number % 7 != 6);
        live.put(
                "resilience.calls.till.order",
                number % 2 == 0
                        ? "fallback,retry,circuit-breaker,bulkhead"
                        : "fallback,circuit-breaker,retry,bulkhead");
    }

    private static int callUntil(AtomicBoolean over, Till till) {
        int calls = 0;
        do {
            assertThat(till.pay(calls)).isIn("paid", "later");
            calls++;
        } while (!over.get());
        return calls;
    }

    static class Till {

        private final AtomicInteger inside = new AtomicInteger();

        private final AtomicInteger most = new AtomicInteger();

        @Retry("till")
        @CircuitBreaker("till")
        @Bulkhead("till")
        @Fallback(value = "till", method = "later")
        public String pay(int number) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                if (number % 50 == 7) {
                    throw new IllegalStateException("down");
                }
                return "paid";
            } finally {
                inside.decrementAndGet();
            }
        }

        String later(Throwable failure) {
            return "later";
        }

        public int mostAtOnce() {
            return most.get();
        }
    }
}

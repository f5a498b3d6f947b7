package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.Call;
import io.steadfast.core.RateLimitedException;
import org.junit.jupiter.api.Test;

class KeyStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 30_000;

    @Test
    void whenKeysAreMadeUpByManyThreads_thenAUsedUpOneStaysSoAndTheTableStaysSmall() throws Exception {
        Bench bench = new Bench(Bench.tenASecond().maxKeys(200));
        AtomicInteger hot = new AtomicInteger(bench.admitted("hot"));
        AtomicLong mostKeys = new AtomicLong();
        race(thread -> {
            for (int call = 0; call < CALLS; call++) {
                if (call % 10 == 0 && isAdmitted(bench, "hot")) {
                    hot.incrementAndGet();
                }
                isAdmitted(bench, thread + "-" + call);
                if (call % 5000 == 0) {
                    mostKeys.accumulateAndGet((int) bench.limiter.snapshot().get("keys"), Math::max);
                }
            }
        });
        assertThat(hot).hasValue(10);
        assertThat(mostKeys.get()).isBetween(150L, 200L);
    }

    /** A key is idle again and again, and forgotten while others take from it: what they take must count. */
    @Test
    void whenKeysAreForgottenWhileTheyAreUsed_thenNoPeriodGivesMoreThanItHas() throws Exception {
        Duration period = Duration.ofSeconds(1);
        Bench bench = new Bench(Bench.tenASecond().keyIdleTime(period).maxKeys(1_000_000));
        for (int round = 0; round < 300; round++) {
            AtomicInteger admitted = new AtomicInteger();
            race(thread -> {
                for (int call = 0; call < 20; call++) {
                    if (isAdmitted(bench, "one")) {
                        admitted.incrementAndGet();
                    }
                    bench.limiter.snapshot();
                    isAdmitted(bench, "other-" + thread);
                }
            });
            assertThat(admitted).hasValue(10);
            bench.advance(period);
        }
        bench.advance(period);
        bench.assertSnapshot("keys", 0);
    }

    private static boolean isAdmitted(Bench bench, String key) {
        Call call = Bench.call(1, key);
        try {
            bench.limiter.acquire(call).succeeded(call, 0, "ok");
            return true;
        } catch (RateLimitedException refusal) {
            return false;
        }
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
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ByThread {

        void run(int thread);
    }
}

package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Races many threads, then lets them end, and counts again. */
class WindowStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 30_000;

    private static final Thresholds HALF = new Thresholds(1, 50, 100);

    private static void inThreads(IntConsumer work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                running.add(threads.submit(() -> {
                    start.await();
                    work.accept(number);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Small windows, in which a thread that is stopped is overtaken by the whole ring, and large ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100, 1_000_000})
    void whenAllCallsHaveEnded_thenTheSumIsThatOfTheRing(int size) throws Exception {
        CountWindow window = new CountWindow(size, HALF);
        inThreads(thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int call = 0; call < CALLS; call++) {
                boolean bad = call % 1_000 > 500; // long enough in health for the shortcut
                window.record(bad && random.nextBoolean(), bad && random.nextBoolean());
            }
        });
        assertThat(window.totals()).isEqualTo(window.recount());
        assertThat(window.totals().calls()).isEqualTo(Math.min(size, THREADS * CALLS));
    }

    @Test
    void whenSecondsPassWhileThreadsCall_thenNoCallIsLostOrCountedTwice() throws Exception {
        ManualTicker ticker = new ManualTicker();
        TimeWindow window = new TimeWindow(1_000, HALF, ticker);
        AtomicInteger failures = new AtomicInteger();
        inThreads(thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int call = 0; call < CALLS; call++) {
                boolean failed = random.nextInt(4) == 0;
                failures.addAndGet(failed ? 1 : 0);
                window.record(failed, failed);
                if (call % 300 == 0) {
                    ticker.advance(Duration.ofSeconds(1)); // 800 in all
                }
            }
        });
        int failed = failures.get();
        assertThat(window.totals()).isEqualTo(new Totals(THREADS * CALLS, failed, failed, failed));
        ticker.advance(Duration.ofSeconds(1_000));
        assertThat(window.totals()).isEqualTo(Totals.NONE);
    }

    @Test
    void whenSecondsPassWhileThreadsCall_thenTheWindowForgetsThemAll() throws Exception {
        ManualTicker ticker = new ManualTicker();
        TimeWindow window = new TimeWindow(3, HALF, ticker);
        inThreads(thread -> {
            for (int call = 0; call < CALLS; call++) {
                window.record(true, true);
                ticker.advance(Duration.ofMillis(100));
            }
        });
        assertThat(window.notedSeconds()).isLessThanOrEqualTo(3);
        ticker.advance(Duration.ofSeconds(3));
        assertThat(window.totals()).isEqualTo(Totals.NONE);
        assertThat(window.record(true, false)).isTrue();
        assertThat(window.totals()).isEqualTo(new Totals(1, 1, 0, 0));
    }

    /** By time exactly one call brings the rate to the threshold, whoever races. */
    @Test
    void whenFailuresRace_thenTheVerdictFallsWithTheCallThatReachesTheThreshold() throws Exception {
        for (int round = 0; round < 200; round++) {
            TimeWindow window = new TimeWindow(10, new Thresholds(THREADS, 100, 100), new ManualTicker());
            AtomicInteger verdicts = new AtomicInteger();
            inRound(window, verdicts);
            assertThat(verdicts).hasValue(1);
        }
    }

    @Test
    void whenFailuresRaceByCount_thenTheLastOfThemNotices() throws Exception {
        for (int round = 0; round < 200; round++) {
            CountWindow window = new CountWindow(THREADS, new Thresholds(THREADS, 100, 100));
            AtomicInteger verdicts = new AtomicInteger();
            inRound(window, verdicts);
            assertThat(verdicts.get()).isPositive();
        }
    }

    private static void inRound(Window window, AtomicInteger verdicts) throws Exception {
        inThreads(thread -> verdicts.addAndGet(window.record(true, false) ? 1 : 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheBreakerIsResetAndForcedMeanwhile_thenAfterwardsEveryCallIsCounted(boolean byCount) throws Exception {
        BreakerConfigBuilder config = byCount ? Bench.small() : BreakerConfig.builder();
        Bench bench = new Bench(config.slidingWindowSize(byCount ? 1_000_000 : 10)
                .minimumNumberOfCalls(1_000)
                .initialState(State.METRICS_ONLY));
        inThreads(thread -> {
            for (int call = 0; call < 5_000; call++) {
                oneCall(bench, call % 2 == 0);
                if (call % 50 == thread) {
                    change(bench, call);
                }
            }
        });
        // A breaker that is forced closed already keeps what it has counted.
        bench.breaker.reset();
        bench.breaker.forceClosed();
        inThreads(thread -> {
            for (int call = 0; call < 5_000; call++) {
                oneCall(bench, call % 5 == 0);
            }
        });
        assertThat(bench.breaker.snapshot())
                .containsEntry("buffered-calls", THREADS * 5_000)
                .containsEntry("failed-calls", THREADS * 1_000)
                .containsEntry("failure-rate", 20f);
    }

    private static void oneCall(Bench bench, boolean fails) {
        try {
            if (fails) {
                bench.fail();
            } else {
                bench.succeed();
            }
        } catch (CircuitOpenException refused) {
            bench.timer.ticker().advance(Duration.ofMillis(1));
        }
    }

    private static void change(Bench bench, int call) {
        switch (call % 3) {
            case 0 -> bench.breaker.reset();
            case 1 -> bench.breaker.forceClosed();
            default -> bench.breaker.forceOpen();
        }
        bench.breaker.snapshot();
    }
}

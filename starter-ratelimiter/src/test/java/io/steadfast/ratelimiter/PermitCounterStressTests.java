package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import org.junit.jupiter.api.Test;

/** Many threads at one counter, on a clock that moves under their feet. */
class PermitCounterStressTests {

    private static final int THREADS = 8;

    private static final int CALLS = 40_000;

    private static final long PERIOD = 1000;

    private static final int LIMIT = 7;

    private final AtomicLong clock = new AtomicLong(-12_345);

    private final long origin = clock.get();

    @Test
    void whenManyThreadsTake_thenNoPeriodGivesMoreThanItHasAndAllAreGivenThatAreWanted() throws Exception {
        LiveCounter one = new LiveCounter(LIMIT, PERIOD, 0, origin);
        AtomicLongArray given = new AtomicLongArray(THREADS * CALLS);
        race(thread -> {
            for (int call = 0; call < CALLS; call++) {
                long now = clock.addAndGet(10); // 100 calls a period want 7 permits
                if (one.counter.takeNow(now, 1)) {
                    given.incrementAndGet((int) ((now - origin) / PERIOD));
                }
            }
            return null;
        });
        long periods = (clock.get() - origin) / PERIOD;
        long total = 0;
        for (int period = 0; period < given.length(); period++) {
            assertThat(given.get(period)).as("period " + period).isLessThanOrEqualTo(LIMIT);
            total += given.get(period);
        }
        assertThat(total).isBetween(periods * LIMIT * 9 / 10, (periods + 1) * LIMIT);
    }

    /** Reserved, given back, taken at once, with any number of permits: the sum never exceeds what time has brought. */
    @Test
    void whenManyThreadsReserveAndGiveBack_thenInAllNeverMoreIsGivenThanThereIs() throws Exception {
        LiveCounter one = new LiveCounter(LIMIT, PERIOD, 5 * PERIOD, origin);
        AtomicLong latest = new AtomicLong(origin);
        List<Long> sums = race(thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            long sum = 0;
            for (int call = 0; call < CALLS; call++) {
                long now = clock.addAndGet(random.nextInt(40));
                int permits = 1 + random.nextInt(3);
                if (one.counter.takeNow(now, permits)) {
                    sum += permits;
                    latest.accumulateAndGet(now, Math::max);
                    continue;
                }
                Reserved reserved = one.counter.reserve(now, permits, one.terms.timeoutNanos());
                if (reserved != null && random.nextBoolean()) {
                    reserved.giveBack();
                } else if (reserved != null) {
                    sum += permits;
                    latest.accumulateAndGet(now + reserved.waitNanos(), Math::max);
                }
            }
            return sum;
        });
        long total = sums.stream().mapToLong(sum -> sum).sum();
        long periods = (latest.get() - origin) / PERIOD + 1;
        assertThat(total).isBetween(periods * LIMIT / 2, periods * LIMIT);
    }

    /** The clock stands still: there is one period, and it gives what the last limit says, whatever came before. */
    @Test
    void whenTheLimitIsRaisedMeanwhile_thenNothingTakenIsForgotten() throws Exception {
        LiveCounter one = new LiveCounter(20_000, PERIOD, 0, origin);
        List<Long> sums = race(thread -> {
            long sum = 0;
            for (int call = 0; call < CALLS; call++) {
                if (thread == 0) {
                    one.terms.changeLimit(20_000 + call / 4, origin);
                } else if (one.counter.takeNow(origin, 1)) {
                    sum++;
                }
            }
            return sum;
        });
        one.terms.changeLimit(30_000, origin);
        long total = sums.stream().mapToLong(sum -> sum).sum();
        assertThat(total).isGreaterThanOrEqualTo(20_000);
        assertThat(one.available(origin)).isEqualTo(30_000 - total);
    }

    @Test
    void whenNumbersAreOutgrownAllTheTime_thenNoPeriodGivesMoreThanItHas() throws Exception {
        LiveCounter vast = new LiveCounter(Integer.MAX_VALUE, 1, 0, origin);
        AtomicLong admitted = new AtomicLong();
        AtomicLong turn = new AtomicLong();
        race(thread -> {
            for (int call = 0; call < CALLS / 10; call++) {
                long now = origin + turn.incrementAndGet() / 4 * 1_000_000_000L; // four calls of all permits each time
                if (vast.counter.takeNow(now, Integer.MAX_VALUE)) {
                    admitted.incrementAndGet();
                }
            }
            return null;
        });
        assertThat(admitted.get()).isBetween(turn.get() / 4 * 9 / 10, turn.get() / 4 + 1);
    }

    private static <R> List<R> race(ByThread<R> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<R>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                all.add(() -> work.run(number));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> one : threads.invokeAll(all)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private interface ByThread<R> {

        R run(int thread) throws Exception;
    }
}

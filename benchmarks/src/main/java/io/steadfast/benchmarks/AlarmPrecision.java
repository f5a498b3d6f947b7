package io.steadfast.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.steadfast.core.time.Alarm;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/**
 * How late alarms ring while ten thousand are armed, due at random times between 0.2 and 1.2 s from now, and what part of one
 * processor their thread takes meanwhile. The same with an executor's tasks beside it, in turns.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.steadfast.benchmarks.AlarmPrecision [rounds, default 10]
 * }</pre>
 */
public final class AlarmPrecision {

    private static final int ARMED = 10_000;

    /** What is asked of alarms. */
    private static final long GOAL = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int DEFAULT_ROUNDS = 10;

    private static final int WARM_UP_ROUNDS = 2;

    private static final String PEER_THREAD = "peer-timer";

    private static final String OUR_THREAD = "steadfast-watchdog";

    private final Ticker ticker = Ticker.system();

    private final Random random = new Random(4711);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final int warmUpRounds;

    private final int rounds;

    AlarmPrecision(int warmUpRounds, int rounds) {
        this.warmUpRounds = warmUpRounds;
        this.rounds = rounds;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
        System.out.println(new AlarmPrecision(WARM_UP_ROUNDS, rounds).markdown());
    }

    String markdown() throws InterruptedException {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, PEER_THREAD);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        Alarm[] alarms = new Alarm[ARMED];
        Lateness ours = new Lateness(OUR_THREAD, (i, task, delay) -> {
            alarms[i] = Timer.system().alarm(task);
            alarms[i].set(delay);
        });
        Lateness theirs =
                new Lateness(PEER_THREAD, (i, task, delay) -> executor.schedule(task, delay, TimeUnit.NANOSECONDS));
        for (int round = -warmUpRounds; round < rounds; round++) {
            ours.measure(round);
            Arrays.stream(alarms).forEach(Alarm::release);
            theirs.measure(round);
        }
        executor.shutdownNow();
        return "| " + String.format(Locale.ROOT, "%,d", ARMED) + " armed | rings | median, ms late | p99 | p99.9 | max "
                + "| within 2 ms | its thread, of one processor |\n|---|---|---|---|---|---|---|---|\n"
                + ours.row("alarms") + theirs.row("`ScheduledThreadPoolExecutor`");
    }

    /** Arms one of many. */
    private interface Arming {

        void arm(int number, Runnable task, long delayNanos);
    }

    private final class Lateness {

        private final String thread;

        private final Arming arming;

        private final long[] late = new long[rounds * ARMED];

        private long cpuNanos;

        private long wallNanos;

        Lateness(String thread, Arming arming) {
            this.thread = thread;
            this.arming = arming;
        }

        /** Rounds below zero warm up. */
        void measure(int round) throws InterruptedException {
            long[] found = new long[ARMED];
            CountDownLatch rung = new CountDownLatch(ARMED);
            long start = ticker.nanos();
            long cpuBefore = cpuNanosOf(thread);
            for (int i = 0; i < ARMED; i++) {
                int number = i;
                long delay = TimeUnit.MILLISECONDS.toNanos(200) + (long) (random.nextDouble() * 1e9);
                long due = ticker.nanos() + delay;
                Runnable ring = () -> {
                    found[number] = ticker.nanos() - due;
                    rung.countDown();
                };
                arming.arm(number, ring, delay);
            }
            rung.await();
            if (round >= 0) {
                System.arraycopy(found, 0, late, round * ARMED, ARMED);
                cpuNanos += cpuNanosOf(thread) - cpuBefore;
                wallNanos += ticker.nanos() - start;
            }
        }

        String row(String title) {
            Arrays.sort(late);
            String figures = IntStream.of(500, 990, 999, 1000)
                    .mapToObj(part -> String.format(
                            Locale.ROOT, "%.2f", late[Math.max(0, (int) ((long) late.length * part / 1000) - 1)] / 1e6))
                    .reduce((left, right) -> left + " | " + right)
                    .orElseThrow();
            long inTime = Arrays.stream(late).filter(nanos -> nanos <= GOAL).count();
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s | %.2f %% | %.1f %% |%n",
                    title,
                    late.length,
                    figures,
                    100.0 * inTime / late.length,
                    100.0 * cpuNanos / wallNanos);
        }
    }

    private long cpuNanosOf(String thread) {
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(thread)) {
                return threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return 0;
    }
}

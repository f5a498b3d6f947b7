package io.steadfast.ratelimiter;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/** Counts the bytes that a piece of code allocates on this thread. */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 2_000;

    private Allocation() {}

    /** The fewest bytes seen in several rounds: the JIT and class loading only ever add. */
    static long perRun(Runnable code) {
        long thread = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int run = 0; run < RUNS; run++) {
                code.run();
            }
            fewest = Math.min(fewest, (THREADS.getThreadAllocatedBytes(thread) - before) / RUNS);
        }
        return fewest;
    }
}

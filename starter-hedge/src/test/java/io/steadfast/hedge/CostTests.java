package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

import com.sun.management.ThreadMXBean;
import io.steadfast.core.Pipeline;
import org.junit.jupiter.api.Test;

/** What a plain call costs while nothing is hedged. */
class CostTests {

    private static final int CALLS = 50_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void whenNothingCanBeHedged_thenMeasuringAllocatesNothing() throws Exception {
        HedgeConfig measuring =
                HedgeConfig.builder().minimumCalls(Integer.MAX_VALUE).build();
        long none = bytesPerCall(Pipeline.of("stock"));
        assertThat(bytesPerCall(Pipeline.of("stock", HedgePolicy.of("stock", measuring))))
                .isLessThanOrEqualTo(none);
    }

    /** The least of several runs: whatever else the JVM does on this thread only ever adds. */
    private static long bytesPerCall(Pipeline pipeline) throws Exception {
        Callable<String> body = () -> "ok";
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 6; run++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                pipeline.call(body);
            }
            long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / CALLS);
        }
        return least;
    }
}

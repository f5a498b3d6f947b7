package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;

class HappyPathAllocationTests {

    /** The call itself, its notes, route, stop and lease, and what the picker is told. */
    private static final long FEW_SMALL_OBJECTS = 400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void whenAnInstanceIsLeased_thenOnlyAFewSmallObjectsAreMade() {
        Bench bench = Bench.of(config -> config.picker(PickerType.PEAK_EWMA), "a", "b", "c");
        long thread = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 2_000; i++) {
                Call one = bench.call();
                bench.policy.acquire(one).succeeded(one, 1_000_000, "ok");
            }
            fewest = Math.min(fewest, (THREADS.getThreadAllocatedBytes(thread) - before) / 2_000);
        }
        assertThat(fewest).isLessThan(FEW_SMALL_OBJECTS);
    }
}

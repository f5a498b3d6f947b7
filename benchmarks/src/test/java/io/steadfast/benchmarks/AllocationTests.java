package io.steadfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/**
 * Bytes per call do not depend on the machine's mood, so they are held here. The bounds are those of uncompiled code: the
 * JIT may save an object, never add one.
 */
class AllocationTests {

    /** One object for the call itself, however many policies it passes; and what may still be added to it. */
    private static final long CALL = 64;

    private static final int WARM_UP = 20_000;

    private static final int CALLS = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void whenPoliciesAreAdded_thenNoBytesAreAddedPerPolicy() throws Exception {
        Engine engine = new Engine();

        assertThat(bytesPerCall(engine::none)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::retry)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::fallback)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::breaker)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::two)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::three)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::rateLimiter)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::bulkhead)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::timeouts)).isLessThanOrEqualTo(CALL);
        assertThat(bytesPerCall(engine::all)).isLessThanOrEqualTo(CALL);
    }

    @Test
    void whenBeanIsAnnotatedManyTimes_thenNoBytesAreAddedPerPolicyBeyondTheProxy() throws Exception {
        Floor floor = new Floor();
        floor.start();
        Steadfast ours = new Steadfast();
        ours.start();
        try {
            long proxy = bytesPerCall(floor::call);

            assertThat(bytesPerCall(ours::retry) - proxy).isLessThanOrEqualTo(CALL);
            assertThat(bytesPerCall(ours::fallback) - proxy).isLessThanOrEqualTo(CALL);
            assertThat(bytesPerCall(ours::breaker) - proxy).isLessThanOrEqualTo(CALL);
            assertThat(bytesPerCall(ours::three) - proxy).isLessThanOrEqualTo(CALL);
            assertThat(bytesPerCall(ours::six) - proxy).isLessThanOrEqualTo(CALL);
        } finally {
            ours.stop();
            floor.stop();
        }
    }

    /** The least of several turns: class loading and the like come on top of some of them. */
    private long bytesPerCall(Callable<String> call) throws Exception {
        run(call, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 5; turn++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(call, CALLS);
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return least;
    }

    private static void run(Callable<String> call, int times) throws Exception {
        for (int time = 0; time < times; time++) {
            call.call();
        }
    }
}

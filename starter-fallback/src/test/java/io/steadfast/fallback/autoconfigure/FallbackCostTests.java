package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Verdict;
import io.steadfast.fallback.Fallback;
import io.steadfast.fallback.FallbackPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** What a fallback costs in garbage; the bounds are wide, because an interpreter makes more of it than a compiler. */
class FallbackCostTests {

    private static final int CALLS = 50_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void whenTheCallSucceeds_thenTheFallbackAllocatesNothing() {
        FallbackPolicy policy = FallbackPolicy.of("stock", (call, failure) -> "unknown");
        Call call = Call.of("stock");

        assertThat(bytesPerCall(() -> policy.judge(call, 1, "result", null))).isLessThan(1);
    }

    @Test
    void whenTheFallbackAnswers_thenItAllocatesAFewHundredBytesAtMost() {
        Pipeline pipeline = new Guarded(new DefaultListableBeanFactory())
                .pipelines("bean", Inventory.class)
                .values()
                .iterator()
                .next();
        FallbackPolicy policy = (FallbackPolicy) pipeline.slots().get(0).policy();
        Call call = Throwing.callOn(new Inventory());
        CircuitOpenException refusal = new CircuitOpenException("stock", "open", null, false);

        assertThat(answer(policy, call, refusal)).isEqualTo("instead");
        assertThat(bytesPerCall(() -> answer(policy, call, refusal))).isLessThan(300);
    }

    private static Object answer(FallbackPolicy policy, Call call, Throwable failure) {
        try {
            return ((Verdict.Instead) policy.judge(call, 1, null, failure))
                    .replacement()
                    .call();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private long bytesPerCall(Runnable call) {
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(id) - before) / CALLS);
        }
        return least;
    }

    static class Inventory {

        @Fallback(method = "findInstead")
        String find() {
            throw new IllegalStateException("down");
        }

        private String findInstead(Throwable failure) {
            return "instead";
        }
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** What a call costs where nothing goes wrong. */
class CostTests {

    private static final int CALLS = 50_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HandTimer timer = new HandTimer();

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @Test
    void whenPlainCallSucceeds_thenPoliciesAllocateNothing() throws Exception {
        long none = bytesPerCall(pipeline());
        assertThat(none).as("bytes of the call itself").isBetween(0L, 96L);
        assertThat(bytesPerCall(pipeline(new CountingGate()))).isLessThanOrEqualTo(none);
        assertThat(bytesPerCall(pipeline(Policies.fallback(() -> "no"), Policies.retry(3), new CountingGate())))
                .isLessThanOrEqualTo(none);
    }

    /** Of a JVM with compressed references, which all have up to 32 GB of heap: a call is made for every call. */
    @Test
    void whenACallIsMade_thenItTakesFortyEightBytes() {
        Call call = Call.of("call");
        Call[] kept = new Call[CALLS];
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 6; run++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                kept[i] = call.copy();
            }
            long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / CALLS);
        }
        assertThat(kept).doesNotContainNull();
        assertThat(least).isEqualTo(48);
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

    @Test
    void whenNobodyAsks_thenClockIsNotRead() throws Exception {
        Pipeline pipeline = pipeline(Policies.fallback(() -> "no"), Policies.retry(3), new CountingGate());
        pipeline.call(() -> "ok");
        pipeline.callAsync(() -> CompletableFuture.completedFuture("ok"));
        assertThat(timer.clockReads).hasValue(0);
    }

    @Test
    void whenThereAreLimits_thenClockIsReadOnceForAllOfThem() throws Exception {
        Pipeline pipeline = pipeline(
                Policies.limit("total", Duration.ofSeconds(1)),
                Policies.retry(3),
                new CountingGate(),
                Policies.limit("attempt", Duration.ofMillis(500)));
        pipeline.call(() -> "ok");
        assertThat(timer.clockReads).hasValue(1);
        pipeline.callAsync(() -> CompletableFuture.completedFuture("ok"));
        assertThat(timer.clockReads).hasValue(2);
        assertThat(timer.pending()).as("alarms that outlived their calls").isZero();
    }

    @Test
    void whenPlainCallWithLimitsSucceeds_thenLimitsAllocateNothing() throws Exception {
        Pipeline.Builder builder = Pipeline.named("call")
                .policy(Policies.limit("total", Duration.ofSeconds(10)))
                .policy(new CountingGate())
                .policy(Policies.limit("attempt", Duration.ofSeconds(5)));
        assertThat(bytesPerCall(builder.build())).isLessThanOrEqualTo(bytesPerCall(pipeline()));
    }

    @Test
    void whenAGateIsTimed_thenClockIsReadTwice() throws Exception {
        pipeline(new TimedGate()).call(() -> "ok");
        assertThat(timer.clockReads).hasValue(2);
    }

    @Test
    void whenARefusedAttemptIsRepeated_thenTheWaitIsNoPartOfTheNextAttempt() throws Exception {
        TimedGate timed = new TimedGate();
        Gate refusesFirst = new Gate() {
            private boolean refused;

            @Override
            public PolicyId id() {
                return new PolicyId("bulkhead", "test");
            }

            @Override
            public Permit acquire(Call call) {
                if (!refused) {
                    refused = true;
                    throw new BulkheadFullException(call.name(), null);
                }
                return new CountingGate();
            }
        };
        pipeline(Policies.retry(2), timed, refusesFirst).call(() -> "ok");
        assertThat(timer.sleeps).hasValue(1);
        assertThat(timed.elapsedNanos).isZero();
    }

    private static final class TimedGate implements Gate, Permit {

        private long elapsedNanos;

        @Override
        public PolicyId id() {
            return new PolicyId("timed", "test");
        }

        @Override
        public boolean timed() {
            return true;
        }

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsed, Object result) {
            elapsedNanos = elapsed;
        }

        @Override
        public void failed(Call call, long elapsed, Throwable failure) {
            elapsedNanos = elapsed;
        }

        @Override
        public void abandoned(Call call) {}
    }
}

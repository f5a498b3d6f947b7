package io.steadfast.hedge;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleUnaryOperator;

import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTimer;
import org.jspecify.annotations.Nullable;

/** Calls to a target of which some answers are slow, in virtual time; with the real policy and the real driver around them. */
final class SimulatedCalls {

    static final int SLOWER = 100;

    private static final int PER_SECOND = 200;

    private static final double FIXED_NANOS = 5e6;

    private static final double RANDOM_NANOS = 5e6;

    private final ManualTimer timer = new ManualTimer();

    private final long begin = timer.ticker().nanos();

    private final SimulatedChance arrivals = new SimulatedChance(1);

    private final SimulatedChance latencies = new SimulatedChance(2);

    private final Pipeline pipeline;

    private final Duration warmUp;

    private final Duration length;

    /** The share of answers that are slow, by the second in which they are asked for. */
    private final DoubleUnaryOperator slowShare;

    private long[] took = new long[1 << 16];

    private int calls;

    private int attempts;

    SimulatedCalls(@Nullable HedgeConfig config, DoubleUnaryOperator slowShare, Duration warmUp, Duration length) {
        this.slowShare = slowShare;
        this.warmUp = warmUp;
        this.length = length;
        PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE);
        Pipeline.Builder builder = Pipeline.named("simulated").runtime(runtime);
        if (config != null) {
            builder.policy(new HedgePolicy(new PolicyId(HedgePolicy.KIND, "simulated"), config, runtime));
        }
        this.pipeline = builder.build();
    }

    SimulatedCalls run() {
        timer.schedule(this::arrive, 0);
        timer.advance(length.plus(Duration.ofMinutes(1))); // and those under way come to their end
        Arrays.sort(took, 0, calls);
        return this;
    }

    private void arrive() {
        long start = now();
        if (start > length.toNanos()) {
            return;
        }
        boolean counts = start >= warmUp.toNanos();
        pipeline.callAsync(() -> answer(counts)).thenRun(() -> {
            if (counts) {
                add(now() - start);
            }
        });
        timer.schedule(this::arrive, arrivals.exponential(1e9 / PER_SECOND));
    }

    private CompletableFuture<String> answer(boolean counts) {
        if (counts) {
            attempts++;
        }
        boolean slow = latencies.next() < slowShare.applyAsDouble(now() / 1e9);
        long nanos = (long) FIXED_NANOS + latencies.exponential(RANDOM_NANOS);
        CompletableFuture<String> answer = new CompletableFuture<>();
        timer.schedule(() -> answer.complete("ok"), slow ? nanos * SLOWER : nanos);
        return answer;
    }

    private void add(long nanos) {
        if (calls == took.length) {
            took = Arrays.copyOf(took, calls * 2);
        }
        took[calls++] = nanos;
    }

    private long now() {
        return timer.ticker().nanos() - begin;
    }

    int calls() {
        return calls;
    }

    double millisAt(double share) {
        return took[(int) (share * (calls - 1))] / 1e6;
    }

    /** Attempts beyond one per call, as a share of the calls. */
    double more() {
        return (attempts - calls) / (double) calls;
    }
}

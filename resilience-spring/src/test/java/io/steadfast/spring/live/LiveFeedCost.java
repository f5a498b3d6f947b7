package io.steadfast.spring.live;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;
import io.steadfast.spring.toys.ToyBreakerPolicy;
import io.steadfast.test.ManualTimer;

/**
 * Measures what it costs to show 300 busy calls, each with three policies, twice a second: processor time of the thread that looks and
 * writes, as a share of one core. To be run by hand, for docs/reference/stream.md.
 */
final class LiveFeedCost implements LiveSources {

    private static final int CALLS = 300;

    private static final int ROUNDS = 600;

    private final List<GuardedCall> calls = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        new LiveFeedCost().measure();
    }

    private void measure() throws Exception {
        ManualTimer timer = new ManualTimer();
        LiveFeed feed = new LiveFeed(this, timer.ticker(), timer, WallClock::system);
        List<Pipeline> pipelines = new ArrayList<>();
        for (int number = 0; number < CALLS; number++) {
            String name = "Service" + number + ".method";
            List<GuardedPolicy> policies = new ArrayList<>();
            for (int policy = 0; policy < 3; policy++) {
                policies.add(new GuardedPolicy(
                        PolicySlot.of(new ToyBreakerPolicy(name + policy, ResilienceListener.NONE)),
                        new LinkedHashMap<>(Map.of())));
            }
            calls.add(new GuardedCall(name, List.of("m"), policies));
            pipelines.add(Pipeline.named(name)
                    .runtime(new PolicyRuntime(timer.ticker(), timer, feed))
                    .build());
        }
        feed.start();
        long[] sizes = new long[1];
        feed.subscribe(
                new LiveSubscriber() {
                    @Override
                    public boolean offer(Frame frame) {
                        sizes[0] = frame.json().length();
                        return true;
                    }

                    @Override
                    public void ended() {}
                },
                false);
        long cpu = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            for (Pipeline pipeline : pipelines) {
                for (int call = 0; call < 10; call++) {
                    pipeline.call(() -> "an answer");
                }
            }
            timer.ticker().advance(Duration.ofMillis(500));
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            feed.turn();
            if (round >= ROUNDS) {
                cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            }
        }
        double millis = cpu / 1e6 / ROUNDS;
        System.out.printf(
                "%d busy calls: %.2f ms a tick, %.2f %% of a core at two ticks a second, %d characters a tick%n",
                CALLS, millis, millis * 2 / 1000 * 100, sizes[0]);
    }

    @Override
    public List<GuardedCall> calls() {
        return calls;
    }

    @Override
    public List<SteeredPolicy> pipeline(GuardedCall call) {
        return call.pipeline().stream()
                .map(policy -> new SteeredPolicy(policy, Optional.empty()))
                .toList();
    }

    @Override
    public List<LiveChange> changes() {
        return List.of();
    }

    @Override
    public String application() {
        return "cost";
    }

    @Override
    public String instance() {
        return "here";
    }
}

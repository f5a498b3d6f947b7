package io.steadfast.bulkhead;

import java.time.Duration;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Timer;
import org.jspecify.annotations.Nullable;

/** A server, its callers, and the bulkhead between them. The same each time it is made. */
final class SimulatedWorld {

    final SimulatedTime time = new SimulatedTime();

    final SimulatedServer server;

    final SimulatedCallers callers;

    /** {@code null} for callers without a bulkhead. */
    SimulatedWorld(int workers, Duration each, @Nullable BulkheadConfigBuilder config) {
        SimulatedChance chance = new SimulatedChance(2026);
        BulkheadPolicy bulkhead = config == null
                ? null
                : new BulkheadPolicy(
                        new PolicyId(BulkheadPolicy.KIND, "simulated"),
                        config.build(),
                        new PolicyRuntime(time, Timer.system(), ResilienceListener.NONE));
        this.server = new SimulatedServer(time, chance, workers, each);
        this.callers = new SimulatedCallers(time, chance, server, bulkhead);
    }

    static BulkheadConfigBuilder fixed(int limit) {
        return BulkheadConfig.builder().maxConcurrentCalls(limit);
    }

    static BulkheadConfigBuilder adaptive(AdaptiveAlgorithm algorithm) {
        return BulkheadConfig.builder().adaptive(AdaptiveLimitConfig.of(algorithm));
    }

    /** Lets so many seconds pass. */
    SimulatedWorld run(int seconds) {
        time.run(Duration.ofSeconds(seconds));
        return this;
    }
}

package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.failover.InstanceState.Status;
import io.steadfast.failover.health.HealthCheck;
import io.steadfast.failover.health.HealthConfig;
import io.steadfast.failover.health.HealthVerdict;
import org.junit.jupiter.api.Test;

/** The pool does what its health checks say. */
class HealthWiringTests {

    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final Set<String> ill = ConcurrentHashMap.newKeySet();

    private final HealthCheck check = (instance, timeout) ->
            ill.contains(instance.id()) ? HealthVerdict.refused("answered 503") : HealthVerdict.passed();

    private final HealthConfig health = HealthConfig.builder(check).build();

    private final Bench bench = Bench.of(config -> config.health(health), "a", "b", "c");

    @Test
    void whenAnInstanceIsIll_thenNothingIsSentThereUntilItIsWell() {
        ill.add("a");
        bench.pass(A_WHILE);
        assertThat(bench.status("a")).isEqualTo(Status.UNHEALTHY);
        assertThat(bench.state("a").reason()).isEqualTo("its health check fails: answered 503");
        assertThat(bench.next(6)).doesNotContain("a");
        ill.clear();
        bench.pass(A_WHILE);
        assertThat(bench.status("a")).isEqualTo(Status.AVAILABLE);
    }

    @Test
    void whenChecksAreSwitchedOff_thenNobodyIsIllAnyMore() {
        ill.add("a");
        bench.pass(A_WHILE);
        bench.policy
                .successor(Bench.inTurns().build(), bench.runtime, InstanceSource.of(Bench.instances("a", "b", "c")))
                .takeOver();
        bench.settleDown();
        assertThat(bench.status("a")).isEqualTo(Status.AVAILABLE);
        assertThat(bench.timer.pendingTasks()).isZero();
    }

    @Test
    void whenClosed_thenChecksEnd() {
        bench.pass(A_WHILE);
        bench.policy.close();
        bench.settleDown();
        assertThat(bench.timer.pendingTasks()).isZero();
    }
}

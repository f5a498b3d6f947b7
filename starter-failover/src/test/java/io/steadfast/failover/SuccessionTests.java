package io.steadfast.failover;

import static io.steadfast.failover.InstanceState.Status.AVAILABLE;
import static io.steadfast.failover.InstanceState.Status.EJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Instance;
import org.junit.jupiter.api.Test;

/** Settings change while calls go on. */
class SuccessionTests {

    private final AtomicInteger asked = new AtomicInteger();

    private final InstanceSource source = () -> {
        asked.incrementAndGet();
        return Bench.instances("a", "b");
    };

    private final Bench bench = new Bench(Bench.inTurns().build(), source);

    private FailoverPolicy successor(FailoverConfigBuilder config, InstanceSource next) {
        return bench.policy.successor(config.build(), bench.runtime, next);
    }

    @Test
    void whenOnePolicyFollowsAnother_thenItKnowsTheInstancesAndTheirLeases() {
        bench.settleDown();
        Bench.Attempt attempt = bench.attemptAt("b");
        bench.failAt("a", 5);
        FailoverPolicy next = successor(Bench.inTurns().panicThreshold(20), source);
        next.takeOver();
        assertThat(next.pool()).isSameAs(bench.pool);
        assertThat(bench.status("a")).isEqualTo(EJECTED);
        assertThat(next.snapshot()).containsEntry("in-flight", 1);
        attempt.succeeds();
        assertThat(next.snapshot()).containsEntry("in-flight", 0);
    }

    @Test
    void whenTheSourceIsTheSame_thenItIsNotAskedAnew() {
        bench.settleDown();
        successor(Bench.inTurns().panicThreshold(20), source).takeOver();
        bench.settleDown();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whenTheSourceIsAnother_thenTheOldListServesUntilThatOneHasAnswered() {
        bench.settleDown();
        InstanceSource other = () -> Bench.instances("c");
        successor(Bench.inTurns(), other).takeOver();
        assertThat(bench.next(2)).containsExactlyInAnyOrder("a", "b");
        bench.settleDown();
        assertThat(bench.next(2)).containsOnly("c");
        bench.pass(Duration.ofMinutes(1));
        assertThat(asked).hasValue(1);
    }

    @Test
    void whenAFixedListFollows_thenItHoldsForEver() {
        bench.settleDown();
        List<Instance> fixed = Bench.instances("x");
        successor(Bench.inTurns().keepLastGood(Duration.ZERO), InstanceSource.of(fixed))
                .takeOver();
        bench.pass(Duration.ofDays(3));
        assertThat(bench.next(2)).containsOnly("x");
        assertThat(bench.timer.pendingTasks()).isZero();
    }

    @Test
    void whenThePredecessorIsClosed_thenThePoolLivesOn() {
        bench.settleDown();
        FailoverPolicy next = successor(Bench.inTurns(), source);
        next.takeOver();
        bench.policy.close();
        bench.pass(Duration.ofSeconds(30));
        assertThat(asked.get()).isGreaterThan(2);
        next.close();
        assertThat(bench.timer.pendingTasks()).isZero();
    }

    @Test
    void whenASuccessorIsNeverPutInForce_thenClosingItStopsNothing() {
        bench.settleDown();
        successor(Bench.inTurns(), source).close();
        bench.pass(Duration.ofSeconds(30));
        assertThat(asked.get()).isGreaterThan(2);
    }

    @Test
    void whenEjectionIsSwitchedOff_thenNobodyStaysEjected() {
        bench.settleDown();
        bench.failAt("a", 5);
        successor(Bench.inTurns().ejection(null), source).takeOver();
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenTheIntervalIsShortened_thenThatHoldsAtOnce() {
        bench.settleDown();
        EjectionConfigBuilder rule = EjectionConfig.builder()
                .consecutiveFailures(0)
                .successRateDeviation(0)
                .failurePercentage(50);
        successor(Bench.inTurns().ejection(rule.interval(Duration.ofHours(1)).build()), source)
                .takeOver();
        bench.pass(Duration.ofHours(2));
        bench.serveAt("a", 1); // closes the interval before, so that an hour begins
        bench.settleDown();
        successor(Bench.inTurns().ejection(rule.interval(Duration.ofSeconds(1)).build()), source)
                .takeOver();
        bench.failAt("a", 30);
        bench.pass(Duration.ofSeconds(2));
        bench.failAt("a", 1);
        bench.settleDown();
        assertThat(bench.status("a")).isEqualTo(EJECTED);
    }
}

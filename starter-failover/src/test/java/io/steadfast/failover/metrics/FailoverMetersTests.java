package io.steadfast.failover.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.FailoverConfig;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceSource;
import io.steadfast.failover.Pool;
import io.steadfast.test.ManualTicker;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailoverMetersTests {

    private final ManualTicker ticker = new ManualTicker();

    private final ManualTimer timer = new ManualTimer(ticker);

    private final EjectionCounter ejections = new EjectionCounter();

    private final PolicyRuntime runtime = new PolicyRuntime(ticker, timer, ejections);

    private final AtomicReference<List<Instance>> listed = new AtomicReference<>(instances(3));

    private final InstanceSource source = listed::get;

    private final FailoverPolicy policy = new FailoverPolicy(
            new PolicyId("failover", "stock"),
            FailoverConfig.builder().slowStart(Duration.ZERO).build(),
            runtime,
            source);

    private final AtomicReference<List<Pool>> pools = new AtomicReference<>(List.of(policy.pool()));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final FailoverMeters meters = new FailoverMeters(pools::get, () -> registry, ejections, runtime);

    @AfterEach
    void close() {
        meters.destroy();
        policy.close();
    }

    @Test
    void whenInstancesAreInService_thenTheyAreCountedByState() {
        begin();
        policy.pool().eject("i01", Duration.ofMinutes(1));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(inState("available")).isEqualTo(2);
        assertThat(inState("ejected")).isEqualTo(1);
        assertThat(inState("unhealthy")).isZero();
        assertThat(inState("draining")).isZero();
    }

    @Test
    void whenACallIsUnderWay_thenItsInstanceShowsIt() {
        begin();
        policy.acquire(Call.of("stock"));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(IntStream.range(0, 3)
                        .mapToDouble(i -> ofInstance("in-flight", "i0" + i))
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void whenInstancesComeAndGo_thenTheirMetersDoToo() {
        begin();
        listed.set(List.of(instance(1), instance(7)));
        policy.pool().refreshNow();
        timer.advance(Duration.ofSeconds(11));
        timer.advance(Duration.ofSeconds(6));

        assertThat(tags("in-flight")).containsExactlyInAnyOrder("i01", "i07");
        assertThat(tags("expected-time")).containsExactlyInAnyOrder("i01", "i07");
    }

    @Test
    void whenThereAreVeryManyInstances_thenFiftyHaveMetersAndTheRestIsAddedUp() {
        listed.set(instances(60));
        begin();

        assertThat(tags("in-flight"))
                .hasSize(51)
                .contains("i00", "i49", "other")
                .doesNotContain("i50");
        for (int i = 0; i < 120; i++) {
            policy.acquire(Call.of("stock"));
        }
        ticker.advance(Duration.ofSeconds(1));
        assertThat(tags("in-flight").stream()
                        .mapToDouble(tag -> ofInstance("in-flight", tag))
                        .sum())
                .isEqualTo(120);
        assertThat(inState("available")).isEqualTo(60);
    }

    @Test
    void whenThePoolIsInPanic_thenItsGaugeSaysSo() {
        begin();
        assertThat(gauge("panic")).isZero();
        policy.pool().checked("i00", false);
        policy.pool().checked("i01", false);
        timer.advance(Duration.ofSeconds(1));

        assertThat(gauge("panic")).isEqualTo(1);
    }

    @Test
    void whenTheListIsOld_thenItsAgeIsShown() {
        begin();
        ticker.advance(Duration.ofSeconds(3));

        assertThat(gauge("list-age")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void whenAnInstanceIsEjected_thenThePoolCountsIt() {
        begin();
        ejections.policyEvent(
                PolicyEvent.stateChanged(policy.id(), "available", "ejected", "i00 failed 5 times in a row"));
        ejections.policyEvent(PolicyEvent.stateChanged(policy.id(), "ejected", "available", "i00 is back"));
        ejections.policyEvent(
                PolicyEvent.stateChanged(new PolicyId("circuit-breaker", "stock"), "CLOSED", "ejected", ""));

        assertThat(registry.get("resilience.failover.ejections")
                        .tag("name", "stock")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whenAPoolIsNoLongerUsed_thenItsMetersGo() {
        begin();
        pools.set(List.of());
        timer.advance(Duration.ofSeconds(6));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whenTheContextCloses_thenAllMetersGoAndNothingIsScheduled() {
        begin();
        meters.destroy();
        timer.advance(Duration.ofSeconds(60));

        assertThat(registry.getMeters()).isEmpty();
    }

    private void begin() {
        timer.advance(Duration.ofMillis(1)); // the first list
        meters.afterSingletonsInstantiated();
    }

    private double inState(String state) {
        return registry.get("resilience.failover.instances")
                .tags("name", "stock", "state", state)
                .gauge()
                .value();
    }

    private double gauge(String figure) {
        return registry.get("resilience.failover." + figure)
                .tag("name", "stock")
                .gauge()
                .value();
    }

    private double ofInstance(String figure, String instance) {
        return registry.get("resilience.failover." + figure)
                .tags("name", "stock", "instance", instance)
                .gauge()
                .value();
    }

    private List<String> tags(String figure) {
        return registry.find("resilience.failover." + figure).meters().stream()
                .map(Meter::getId)
                .map(id -> String.valueOf(id.getTag("instance")))
                .toList();
    }

    private static List<Instance> instances(int count) {
        return IntStream.range(0, count).mapToObj(FailoverMetersTests::instance).toList();
    }

    private static Instance instance(int number) {
        String id = "i%02d".formatted(number);
        return new Instance("stock", id, URI.create("http://10.0.0." + number), 1, null, Map.of());
    }

    @Test
    void whenAnInstanceIsCalledLikeTheOthersTogether_thenItIsOneOfThem() {
        listed.set(List.of(instance(1), new Instance("stock", "other", URI.create("http://other"), 1, null, Map.of())));
        policy.pool().refreshNow();
        timer.advance(Duration.ofSeconds(11));
        begin();
        assertThat(tags("in-flight")).containsExactlyInAnyOrder("i01", "other");
        timer.advance(Duration.ofSeconds(11));
        assertThat(tags("in-flight")).containsExactlyInAnyOrder("i01", "other");
    }
}

package io.steadfast.circuitbreaker.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.circuitbreaker.BreakerConfig;
import io.steadfast.circuitbreaker.CircuitBreakerPolicy;
import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BreakerMetersTests {

    private final Call call = Call.of("stock");

    private final BreakerPolicies policies = new BreakerPolicies();

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private CircuitBreakerPolicy breaker(String name) {
        CircuitBreakerPolicy policy = CircuitBreakerPolicy.of(name, BreakerConfig.defaults());
        policies.add(policy);
        return policy;
    }

    private static Set<String> idsOf(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getType() + " " + id.getName() + " " + id.getTags())
                .collect(Collectors.toSet());
    }

    @Test
    void whenBound_thenThereAreTheSameMetersAsThoseOfResilience4j() {
        breaker("stock");
        new BreakerMeters(policies).bindTo(registry);

        CircuitBreakerRegistry engines = CircuitBreakerRegistry.ofDefaults();
        engines.circuitBreaker("stock");
        MeterRegistry theirs = new SimpleMeterRegistry();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(engines).bindTo(theirs);

        assertThat(idsOf(registry)).hasSize(16).isEqualTo(idsOf(theirs));
    }

    @Test
    void whenSettingsChange_thenTheMetersGoOn() {
        CircuitBreakerPolicy first = breaker("stock");
        new BreakerMeters(policies).bindTo(registry);

        CircuitBreakerPolicy next =
                first.successor(BreakerConfig.builder().slidingWindowSize(30).build());
        next.takeOver();
        next.acquire(call).failed(call, TimeUnit.MILLISECONDS.toNanos(30), new IOException("down"));

        assertThat(registry.get("resilience4j.circuitbreaker.calls")
                        .tags("name", "stock", "kind", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("resilience4j.circuitbreaker.buffered.calls")
                        .tags("name", "stock", "kind", "failed")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void whenCallsEnd_thenEachIsMeteredOnceThoughTheBreakerCameFirstOrLast() {
        CircuitBreakerPolicy early = breaker("early");
        new BreakerMeters(policies).bindTo(registry);
        CircuitBreakerPolicy later = breaker("later");
        for (CircuitBreakerPolicy breaker : new CircuitBreakerPolicy[] {early, later}) {
            assertThat(breaker.timed()).isTrue();
            breaker.acquire(call).succeeded(call, TimeUnit.MILLISECONDS.toNanos(20), "ok");
            breaker.acquire(call).failed(call, TimeUnit.MILLISECONDS.toNanos(30), new IOException("down"));
            String name = breaker.id().instance();
            assertThat(registry.get("resilience4j.circuitbreaker.calls")
                            .tags("name", name, "kind", "successful")
                            .timer()
                            .totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(20);
            assertThat(registry.get("resilience4j.circuitbreaker.calls")
                            .tags("name", name, "kind", "failed")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(gauge("buffered.calls", name, "kind", "failed")).isEqualTo(1);
            assertThat(gauge("buffered.calls", name, "kind", "successful")).isEqualTo(1);
            assertThat(gauge("state", name, "state", "closed")).isEqualTo(1);
            assertThat(gauge("failure.rate", name, "name", name))
                    .as("too few calls")
                    .isNaN();
        }
    }

    @Test
    void whenRefused_thenItIsCountedAndTheStateShown() {
        CircuitBreakerPolicy breaker = CircuitBreakerPolicy.of(
                "shut", BreakerConfig.builder().initialState(State.FORCED_OPEN).build());
        policies.add(breaker);
        new BreakerMeters(policies).bindTo(registry);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> breaker.acquire(call)))
                .isNotNull();
        assertThat(registry.get("resilience4j.circuitbreaker.not.permitted.calls")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(gauge("state", "shut", "state", "forced_open")).isEqualTo(1);
        assertThat(gauge("state", "shut", "state", "closed")).isZero();
    }

    @Test
    void whenAFilterDeniesTheMeters_thenNoClockIsReadForThem() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("resilience4j"));
        CircuitBreakerPolicy breaker = breaker("stock");
        new BreakerMeters(policies).bindTo(registry);
        assertThat(breaker.timed()).isFalse();
    }

    @Test
    void whenResilience4jBindsItsOwnMeters_thenOursStepBack() {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CircuitBreakerAutoConfiguration.class, CircuitBreakerMetricsAutoConfiguration.class));
        runner.run(context -> assertThat(context).hasSingleBean(BreakerMeters.class));
        runner.withBean(
                        TaggedCircuitBreakerMetrics.class,
                        () -> TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(CircuitBreakerRegistry.ofDefaults()))
                .run(context -> assertThat(context).doesNotHaveBean(BreakerMeters.class));
    }

    private double gauge(String name, String breaker, String... tag) {
        return registry.get("resilience4j.circuitbreaker." + name)
                .tag("name", breaker)
                .tags(tag)
                .gauge()
                .value();
    }
}

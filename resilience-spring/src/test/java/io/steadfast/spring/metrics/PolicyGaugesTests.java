package io.steadfast.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.TimeLimit;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.toys.ToyBreakerPolicy;
import io.steadfast.spring.toys.ToyLimitPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyGaugesTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final PolicyGauges gauges = new PolicyGauges(registry, false);

    @Test
    void whenABreakerChangesState_thenExactlyThatStateReadsOne() {
        ToyBreakerPolicy breaker = breaker();
        bind(breaker);
        for (String state : List.of("CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "DISABLED", "METRICS_ONLY")) {
            breaker.goTo(state);

            assertThat(state(state.toLowerCase(Locale.ROOT))).as(state).isEqualTo(1);
            assertThat(registry.find("resilience.circuit-breaker.state").gauges().stream()
                            .mapToDouble(Gauge::value)
                            .sum())
                    .isEqualTo(1);
        }
        assertThat(registry.find("resilience.circuit-breaker.state").gauges()).hasSize(6);
    }

    @Test
    void whenThePolicyIsReplaced_thenTheGaugeReadsTheNewOne() {
        PolicySlot<?> slot = bind(new ToyRetryPolicy("stock", 3));
        assertThat(budget()).isEqualTo(7);

        slot.replace(new ToyRetryPolicy("stock", 3).balance(42));

        assertThat(budget()).isEqualTo(42);
    }

    @Test
    void whenASnapshotThrows_thenNotANumber() {
        ToyBreakerPolicy breaker = breaker();
        breaker.breakSnapshot(true);
        bind(breaker);

        assertThat(state("closed")).isNaN();

        breaker.breakSnapshot(false);
        assertThat(state("closed")).isEqualTo(1);
    }

    @Test
    void whenARetryHasNoBudget_thenNoGauge() {
        bind(new ToyRetryPolicy("stock", 3).balance(-1));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whenTheFigureDisappears_thenNotANumber() {
        PolicySlot<?> slot = bind(new ToyRetryPolicy("stock", 3));

        slot.replace(new ToyRetryPolicy("stock", 3).balance(-1));

        assertThat(budget()).isNaN();
    }

    @Test
    void whenTwoCallsShareAPolicy_thenItsGaugeIsBoundOnce() {
        GuardedPolicy shared = new GuardedPolicy(PolicySlot.of(new ToyRetryPolicy("stock", 3)), Map.of());

        gauges.bind(new GuardedCall("one", List.of(), List.of(shared)));
        gauges.bind(new GuardedCall("two", List.of(), List.of(shared)));

        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void whenThereAreManyPolicies_thenTheMetersThereAreAreNotSearched() {
        CountingRegistry counting = new CountingRegistry();
        PolicyGauges many = new PolicyGauges(counting, false);
        for (int i = 0; i < 50; i++) {
            PolicySlot<?> slot = PolicySlot.of(new ToyBreakerPolicy("stock" + i, ResilienceListener.NONE));
            many.bind(new GuardedCall("call" + i, List.of(), List.of(new GuardedPolicy(slot, Map.of()))));
        }

        assertThat(counting.searches).isZero();
        assertThat(counting.made).isEqualTo(50 * (6 + 1));
    }

    @Test
    void whenARegistryFailsOnce_thenTheNextCallThatSharesThePolicyBindsItsGauge() {
        CountingRegistry failing = new CountingRegistry();
        PolicyGauges shared = new PolicyGauges(failing, false);
        GuardedPolicy policy = new GuardedPolicy(PolicySlot.of(new ToyRetryPolicy("stock", 3)), Map.of());
        failing.failing = true;
        assertThatThrownBy(() -> shared.bind(new GuardedCall("one", List.of(), List.of(policy))))
                .hasMessage("full");

        failing.failing = false;
        shared.bind(new GuardedCall("two", List.of(), List.of(policy)));

        assertThat(failing.get("resilience.retry.budget").gauge().value()).isEqualTo(7);
    }

    @Test
    void whenNobodyElseHoldsThePolicy_thenTheGaugeDoes() throws Exception {
        bind(new ToyRetryPolicy("stock", 3));

        System.gc();

        assertThat(budget()).isEqualTo(7);
    }

    @Test
    void whenAGaugeIsBound_thenItsTagsAreThoseOfTheTable() {
        bind(breaker());

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(tag -> tag.getKey())
                        .containsExactlyElementsOf(
                                id.getName().equals(ResilienceMeters.CIRCUIT_BREAKER_STATE.meterName())
                                        ? ResilienceMeters.CIRCUIT_BREAKER_STATE.tagKeys()
                                        : List.of("name")));
    }

    @Test
    void whenABreakerSaysSinceWhenItIsInItsState_thenTheGaugeSaysForHowLong() {
        Instant since = WallClock.system().instant().minusSeconds(3600);
        bind(new Figures(new PolicyId("circuit-breaker", "stock"), Map.of("state-since", since.toString())));

        Gauge time = registry.get("resilience.circuit-breaker.time-in-state").gauge();
        assertThat(time.value()).isBetween(3600.0, 7200.0);
        assertThat(time.getId().getBaseUnit()).isEqualTo("seconds");
    }

    @Test
    void whenAFigureOnlyGrows_thenItIsACounter() {
        AtomicInteger trips = new AtomicInteger(1);
        bind(new Figures(new PolicyId("circuit-breaker", "stock"), Map.of("trips", trips)));

        trips.set(4);

        assertThat(registry.get("resilience.circuit-breaker.trips")
                        .functionCounter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void whenResilience4jsNamesAreWanted_thenABulkheadHasThem() {
        PolicySlot<?> slot = PolicySlot.of(
                new Figures(new PolicyId("bulkhead", "stock"), Map.of("in-flight", 3, "limit", 10, "queued", 0)));
        GuardedCall call = new GuardedCall("stock", List.of(), List.of(new GuardedPolicy(slot, Map.of())));
        gauges.bind(call);
        assertThat(registry.find("resilience4j.bulkhead.available.concurrent.calls")
                        .gauge())
                .isNull();

        new PolicyGauges(registry, true).bind(call);

        assertThat(registry.get("resilience4j.bulkhead.available.concurrent.calls")
                        .tags("name", "stock")
                        .gauge()
                        .value())
                .isEqualTo(7);
        assertThat(registry.get("resilience4j.bulkhead.max.allowed.concurrent.calls")
                        .tags("name", "stock")
                        .gauge()
                        .value())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,still-running,resilience.timeout.still-running",
        "timeout.total,still-running,resilience.timeout.still-running",
        "bulkhead,in-flight,resilience.bulkhead.in-flight",
        "bulkhead,limit,resilience.bulkhead.limit",
        "bulkhead,queued,resilience.bulkhead.queued",
        "rate-limiter,available,resilience.rate-limiter.available",
        "rate-limiter,waiting,resilience.rate-limiter.waiting",
        "rate-limiter,store-down,resilience.rate-limiter.store-down"
    })
    void whenASnapshotHasTheFigure_thenItIsAGaugeUnderTheInstancesName(String policy, String key, String meter) {
        AtomicInteger figure = new AtomicInteger(3);
        bind(new Figures(new PolicyId(policy, "stock"), Map.of(key, figure)));

        figure.set(5);

        assertThat(registry.get(meter).tags("name", "stock").gauge().value()).isEqualTo(5);
        assertThat(registry.getMeters())
                .extracting(other -> other.getId().getName())
                .isSubsetOf(meter, "resilience.rate-limiter.available");
    }

    @Test
    void whenAFigureIsYesOrNo_thenOneOrZero() {
        Map<String, Object> snapshot = new ConcurrentHashMap<>(Map.of("store-down", false));
        bind(new Figures(new PolicyId("rate-limiter", "stock"), snapshot));
        Gauge down = registry.get("resilience.rate-limiter.store-down").gauge();
        assertThat(down.value()).isZero();

        snapshot.put("store-down", true);

        assertThat(down.value()).isEqualTo(1);
    }

    @Test
    void whenALimiterDoesNotKnowYetWhatIsLeft_thenNotANumberUntilItDoes() {
        Map<String, Object> snapshot = new ConcurrentHashMap<>();
        bind(new Figures(new PolicyId("rate-limiter", "stock"), snapshot));
        Gauge available = registry.get("resilience.rate-limiter.available").gauge();
        assertThat(available.value()).isNaN();

        snapshot.put("available", 4);

        assertThat(available.value()).isEqualTo(4);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void whenAnInstanceHasSeveralPlaces_thenOneGaugeAddsThemUp() {
        ToyLimitPolicy total = new ToyLimitPolicy(new PolicyId("timeout.total", "stock"), Duration.ZERO);
        ToyLimitPolicy attempt = new ToyLimitPolicy(new PolicyId("timeout", "stock"), Duration.ZERO);
        PolicySlot<?> attempts = PolicySlot.of(attempt.stillRunning(3));
        PolicySlot<?> calls = PolicySlot.of(total.stillRunning(4));
        bind(attempts);
        bind(calls);
        bind(attempts, calls);
        assertThat(stillRunning()).isEqualTo(7);

        attempts.replace(new ToyLimitPolicy(new PolicyId("timeout", "stock"), Duration.ZERO).stillRunning(10));

        assertThat(stillRunning()).isEqualTo(14);
        assertThat(registry.getMeters()).hasSize(1);
    }

    private double stillRunning() {
        return registry.get("resilience.timeout.still-running")
                .tags("name", "stock")
                .gauge()
                .value();
    }

    private static ToyBreakerPolicy breaker() {
        return new ToyBreakerPolicy("stock", ResilienceListener.NONE);
    }

    private PolicySlot<?> bind(Policy policy) {
        PolicySlot<?> slot = PolicySlot.of(policy);
        bind(slot);
        return slot;
    }

    private void bind(PolicySlot<?>... slots) {
        gauges.bind(new GuardedCall(
                "call",
                List.of(),
                Arrays.stream(slots)
                        .map(slot -> new GuardedPolicy(slot, Map.of()))
                        .toList()));
    }

    private double budget() {
        return registry.get("resilience.retry.budget")
                .tags("name", "stock")
                .gauge()
                .value();
    }

    private double state(String state) {
        return registry.get("resilience.circuit-breaker.state")
                .tags("name", "stock", "state", state)
                .gauge()
                .value();
    }

    /** A policy with any snapshot; numbers that count stand for themselves. */
    private record Figures(PolicyId id, Map<String, Object> snapshot) implements TimeLimit {

        @Override
        public long limitNanos(Call call) {
            return 0;
        }
    }

    /** Counts what takes time in proportion to all meters there are, and what is really made. */
    private static final class CountingRegistry extends SimpleMeterRegistry {

        private int searches;

        private int made;

        private boolean failing;

        @Override
        public List<Meter> getMeters() {
            searches++;
            return super.getMeters();
        }

        @Override
        public void forEachMeter(Consumer<? super Meter> consumer) {
            searches++;
            super.forEachMeter(consumer);
        }

        @Override
        protected <T> Gauge newGauge(Meter.Id id, T object, ToDoubleFunction<T> reading) {
            if (failing) {
                throw new IllegalStateException("full");
            }
            made++;
            return super.newGauge(id, object, reading);
        }
    }
}

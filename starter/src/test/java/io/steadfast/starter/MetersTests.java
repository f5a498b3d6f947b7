package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration;
import io.steadfast.failover.Failover;
import io.steadfast.failover.autoconfigure.FailoverMetricsAutoConfiguration;
import io.steadfast.failover.metrics.FailoverMeter;
import io.steadfast.fallback.Fallback;
import io.steadfast.hedge.Hedge;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import io.steadfast.spring.metrics.DocumentedMeter;
import io.steadfast.spring.metrics.Resilience4jMeters;
import io.steadfast.spring.metrics.ResilienceMeters;
import io.steadfast.timeout.Timeout;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Every meter of the catalogue in an application that uses every policy. */
class MetersTests {

    /** Only limits that several processes share have it; the rate limiter's own tests have one. */
    private static final Set<ResilienceMeters> OF_SHARED_LIMITS = Set.of(ResilienceMeters.RATE_LIMITER_STORE_DOWN);

    private final ApplicationContextRunner byDefault = Steadfast.inRealTime(Shop.class)
            .withConfiguration(AutoConfigurations.of(
                    ResilienceMetricsAutoConfiguration.class,
                    FailoverMetricsAutoConfiguration.class,
                    CircuitBreakerMetricsAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues(
                    "resilience.retry.defaults.wait-duration=1ms",
                    "resilience.timeout.instances.slow.limit=20ms",
                    "resilience.circuit-breaker.instances.dead.minimum-number-of-calls=2",
                    "resilience.circuit-breaker.instances.dead.sliding-window-size=2",
                    "resilience.rate-limiter.instances.busy.limit-for-period=1",
                    "resilience.rate-limiter.instances.busy.limit-refresh-period=20ms",
                    "resilience.rate-limiter.instances.busy.timeout-duration=20s",
                    "resilience.bulkhead.instances.narrow.max-concurrent-calls=1",
                    "resilience.hedge.instances.late.delay=1ms",
                    "resilience.hedge.instances.late.extra-load=0.2",
                    "resilience.failover.instances.pool.urls=http://one:80,http://two:80");

    private final ApplicationContextRunner application =
            byDefault.withPropertyValues("resilience.metrics.resilience4j-names=true");

    @Test
    void whenAllPoliciesAreUsed_thenEveryMeterIsThereFromTheStart() {
        application.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(expected())
                    .allSatisfy(
                            meter -> assertThat(registry.find(meter.meterName()).meters())
                                    .as(meter.meterName())
                                    .isNotEmpty()
                                    .allSatisfy(found ->
                                            assertThat(found.getId().getType()).isEqualTo(meter.type())));
        });
    }

    @Test
    void whenEverythingHappensOnce_thenEveryMeterMoves() {
        application.run(context -> {
            Shop shop = context.getBean(Shop.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            shop.useEverything(context.getBean(Shop.class));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(expected())
                            .filteredOn(meter -> meter.type() != Meter.Type.GAUGE)
                            .filteredOn(meter -> !FailoverMeter.class.isInstance(meter)) // its own tests move it
                            .allSatisfy(meter -> assertThat(count(registry, meter))
                                    .as(meter.meterName())
                                    .isPositive()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(expected())
                            .filteredOn(meter -> meter.type() == Meter.Type.GAUGE)
                            .filteredOn(meter -> meter != FailoverMeter.LIST_AGE) // a fixed list has none
                            .allSatisfy(meter -> assertThat(
                                            registry.find(meter.meterName()).gauges())
                                    .as(meter.meterName())
                                    .anySatisfy(
                                            gauge -> assertThat(gauge.value()).isNotNaN())));
        });
    }

    /** Prometheus refuses a meter whose tags are not those of the first one of its name. */
    @Test
    void whenMetersShareAName_thenTheyShareTheirTagKeysAndTheseAreTheDocumentedOnes() {
        application.run(context -> {
            context.getBean(Shop.class).useEverything(context.getBean(Shop.class));
            Map<String, Set<List<String>>> keys = new HashMap<>();
            for (Meter meter : context.getBean(MeterRegistry.class).getMeters()) {
                keys.computeIfAbsent(meter.getId().getName().replaceAll("[.-]", "_"), name -> new HashSet<>())
                        .add(meter.getId().getTags().stream().map(Tag::getKey).toList());
            }

            assertThat(keys)
                    .allSatisfy((name, sets) -> assertThat(sets).as(name).hasSize(1));
            assertThat(expected())
                    .allSatisfy(meter -> assertThat(keys.get(meter.meterName().replaceAll("[.-]", "_")))
                            .as(meter.meterName())
                            .containsExactly(meter.tagKeys().stream().sorted().toList()));
        });
    }

    @Test
    void whenCallsGoOn_thenNoMeterIsAdded() {
        application.run(context -> {
            Shop shop = context.getBean(Shop.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            int before = registry.getMeters().size();
            shop.useEverything(shop);
            shop.useEverything(shop);

            assertThat(registry.getMeters()).hasSize(before);
        });
    }

    @Test
    void whenMeteringIsSwitchedOff_thenThereIsNoMeterAtAll() {
        application.withPropertyValues("resilience.metrics.enabled=false").run(context -> {
            context.getBean(Shop.class).useEverything(context.getBean(Shop.class));

            assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
        });
    }

    @Test
    void whenNothingIsSaidAboutResilience4jsNames_thenOnlyBreakersHaveThem() {
        byDefault.run(context -> {
            assertThat(peers(context.getBean(MeterRegistry.class))).isEmpty();
            assertThat(context).hasBean("resilienceBreakerMeters");
        });
    }

    @Test
    void whenResilience4jsNamesAreSwitchedOff_thenThereAreNone() {
        application
                .withPropertyValues("resilience.metrics.resilience4j-names=false")
                .run(context -> {
                    assertThat(peers(context.getBean(MeterRegistry.class))).isEmpty();
                    assertThat(context).doesNotHaveBean("resilienceBreakerMeters");
                });
    }

    @Test
    void whenABoundIsNotAboveZero_thenTheStartIsRefused() {
        application
                .withPropertyValues("resilience.metrics.latency-buckets=10ms,0")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("each bound must be above zero"));
    }

    @Test
    void whenAKeyOfTheSectionIsMisspelled_thenTheStartIsRefused() {
        application
                .withPropertyValues("resilience.metrics.latency-bucket=10ms")
                .run(context ->
                        assertThat(context).hasFailed().getFailure().hasStackTraceContaining("latency-buckets"));
    }

    private static Collection<DocumentedMeter> expected() {
        return Stream.<DocumentedMeter[]>of(
                        ResilienceMeters.values(), Resilience4jMeters.values(), FailoverMeter.values())
                .flatMap(Arrays::stream)
                .filter(meter -> !OF_SHARED_LIMITS.contains(meter))
                .toList();
    }

    private static Set<String> peers(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("resilience4j."))
                .collect(Collectors.toSet());
    }

    private static double count(MeterRegistry registry, DocumentedMeter meter) {
        return registry.find(meter.meterName()).meters().stream()
                .flatMap(found -> StreamSupport.stream(found.measure().spliterator(), false))
                .filter(measurement -> measurement.getStatistic() == Statistic.COUNT)
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    static class Shop {

        private final AtomicInteger tried = new AtomicInteger();

        @Retry("flaky")
        public String flaky() {
            if (tried.getAndIncrement() % 2 == 0) {
                throw new IllegalStateException("not yet");
            }
            return "at last";
        }

        @Timeout("slow")
        @Fallback(value = "slow", method = "unable")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }

        CompletableFuture<String> unable(Throwable failure) {
            throw new IllegalStateException("nor can the fallback");
        }

        @CircuitBreaker("dead")
        public String dead() {
            throw new IllegalStateException("dead");
        }

        @RateLimiter("busy")
        public String busy() {
            return "done";
        }

        @Bulkhead("narrow")
        public String narrow() {
            return "done";
        }

        @Hedge("late")
        public CompletableFuture<String> late() {
            return new CompletableFuture<String>().completeOnTimeout("late", 30, TimeUnit.MILLISECONDS);
        }

        @Failover("pool")
        public String pooled() {
            return "done";
        }

        void useEverything(Shop guarded) {
            guarded.flaky();
            attempt(() -> guarded.slow().get(20, TimeUnit.SECONDS));
            for (int call = 0; call < 4; call++) {
                attempt(guarded::dead);
            }
            guarded.busy();
            guarded.busy();
            guarded.busy();
            guarded.narrow();
            List<CompletableFuture<String>> late = Stream.generate(guarded::late)
                    .limit(10) // at once: those that have seen the same balance cannot all have an extra attempt
                    .toList();
            late.forEach(CompletableFuture::join);
            guarded.pooled();
        }

        private static void attempt(Callable<?> call) {
            try {
                call.call();
            } catch (Exception expected) {
                // what it is called for
            }
        }
    }
}

package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What dashboards see. */
class RateLimiterMetersTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    ResilienceMetricsAutoConfiguration.class,
                    RateLimiterAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(Maps.class)
            .withPropertyValues(
                    "resilience.rate-limiter.defaults.limit-for-period=3",
                    "resilience.rate-limiter.defaults.limit-refresh-period=1h");

    @Test
    void whenCallsAreLetInAndRefused_thenGaugeAndCounterSaySo() {
        application.run(context -> {
            Maps maps = context.getBean(Maps.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            maps.find();
            assertThat(available(meters, "maps")).isEqualTo(2);
            maps.find();
            maps.find();
            assertThatExceptionOfType(RateLimitedException.class).isThrownBy(maps::find);
            assertThat(available(meters, "maps")).isZero();
            assertThat(meters.get("resilience.refusals")
                            .tags("name", "maps", "policy", "rate-limiter")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void whenCallsHaveKeys_thenNoKeyIsInAnyMeter() {
        application.run(context -> {
            Maps maps = context.getBean(Maps.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            int before = meters.getMeters().size();
            for (int customer = 0; customer < 50; customer++) {
                maps.route("customer-" + customer);
            }
            assertThat(available(meters, "customers"))
                    .as("of calls without a key")
                    .isEqualTo(3);
            assertThat(meters.getMeters()).hasSize(before);
            assertThat(meters.getMeters().stream()
                            .map(Meter::getId)
                            .flatMap(id -> id.getTags().stream())
                            .map(Tag::getValue))
                    .noneMatch(value -> value.startsWith("customer-"));
        });
    }

    private static double available(MeterRegistry meters, String name) {
        return meters.get("resilience.rate-limiter.available")
                .tag("name", name)
                .gauge()
                .value();
    }

    static class Maps {

        @RateLimiter("maps")
        public void find() {}

        @RateLimiter(value = "customers", key = "#id")
        public void route(String id) {}
    }
}

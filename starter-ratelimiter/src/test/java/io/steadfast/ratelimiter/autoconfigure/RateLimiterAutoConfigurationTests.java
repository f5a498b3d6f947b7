package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.time.Ticker;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RateLimiterAutoConfigurationTests {

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RateLimiterAutoConfiguration.class));

    private final ApplicationContextRunner application = alone.withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("resilience.rate-limiter.defaults.limit-for-period=10");

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(RateLimiterAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenTheContextStartsWithTheProviderAndTheRegistry() {
        alone.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(PolicyProvider.class)
                .hasSingleBean(RateLimiterRegistry.class));
    }

    @Test
    void whenMicrometerAndActuatorAreAbsent_thenTheContextStartsAndLimits() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(admitted(context.getBean(Maps.class)::find)).isEqualTo(10);
                });
    }

    @Test
    void whenAMethodIsAnnotated_thenItIsLimitedInEachPeriod() {
        application.run(context -> {
            Maps maps = context.getBean(Maps.class);
            assertThat(admitted(maps::find)).isEqualTo(10);
            context.getBean(ManualTimer.class).advance(Duration.ofSeconds(1));
            assertThat(admitted(maps::find)).isEqualTo(10);
        });
    }

    @Test
    void whenMethodsShareALimit_thenEachTakesItsOwnNumberOfPermits() {
        application.run(context -> {
            Maps maps = context.getBean(Maps.class);
            maps.tile();
            maps.tile();
            assertThat(admitted(maps::find)).as("10 - 2 × 4").isEqualTo(2);
            assertThatExceptionOfType(RateLimitedException.class)
                    .isThrownBy(maps::tile)
                    .withMessageContaining("Call 'maps' was refused")
                    .satisfies(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1)));
        });
    }

    @Test
    void whenAMethodHasAKey_thenEachKeyHasTheWholeLimit() {
        application.run(context -> {
            Maps maps = context.getBean(Maps.class);
            assertThat(admitted(() -> maps.route(new Customer("ann")))).isEqualTo(10);
            assertThat(admitted(() -> maps.route(new Customer("bob")))).isEqualTo(10);
            assertThat(admitted(() -> maps.export("ann")))
                    .as("same instance, same key")
                    .isZero();
            assertThat(admitted(() -> maps.export(null)))
                    .as("no key: one limit for all of them")
                    .isEqualTo(10);
            assertThatExceptionOfType(RateLimitedException.class)
                    .isThrownBy(() -> maps.route(null))
                    .withMessageContaining("the key of its rate limit could not be worked out");
        });
    }

    @Test
    void whenTheInstanceHasAKeyOrPermits_thenTheyWinOverTheAnnotation() {
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.customers.key=#root.methodName",
                        "resilience.rate-limiter.instances.maps.permits=5")
                .run(context -> {
                    Maps maps = context.getBean(Maps.class);
                    assertThat(admitted(() -> maps.route(new Customer("ann")))).isEqualTo(10);
                    assertThat(admitted(() -> maps.route(new Customer("bob")))).isZero();
                    assertThat(admitted(() -> maps.export("ann"))).isEqualTo(10);
                    assertThat(admitted(maps::find)).isEqualTo(2);
                });
    }

    @Test
    void whenACallMayWait_thenItDoes() {
        application
                .withPropertyValues("resilience.rate-limiter.instances.maps.timeout-duration=2s")
                .run(context -> {
                    Maps maps = context.getBean(Maps.class);
                    assertThat(admitted(maps::find))
                            .as("as time passes while they sleep")
                            .isGreaterThanOrEqualTo(100);
                    assertThat(context.getBean(ManualTimer.class).sleeps())
                            .allMatch(Duration.ofSeconds(1)::equals)
                            .isNotEmpty();
                });
    }

    @Test
    void whenAnotherBeanWantsToTune_thenTheRegistryHasOurLimiter() {
        application.run(context -> {
            context.getBean(RateLimiterRegistry.class).rateLimiter("maps").changeLimitForPeriod(3);
            assertThat(admitted(context.getBean(Maps.class)::find)).isEqualTo(3);
        });
    }

    @Test
    void whenTheApplicationHasARegistry_thenItIsUsedAndLeftCleanBehind() {
        RateLimiterRegistry own = RateLimiterRegistry.ofDefaults();
        application
                .withBean(RateLimiterRegistry.class, () -> own)
                .run(context -> assertThat(own.find("maps")).isPresent());
        assertThat(own.getAllRateLimiters()).isEmpty();
    }

    @Test
    void whenTheRegistryHoldsALimiterOfThatName_thenTheStartIsRefusedNamingThePlace() {
        RateLimiterRegistry own = RateLimiterRegistry.ofDefaults();
        own.rateLimiter("maps");
        application
                .withBean(RateLimiterRegistry.class, () -> own)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("already holds a rate limiter named 'maps'")
                        .hasStackTraceContaining("@RateLimiter on Maps.")
                        .hasStackTraceContaining("resilience4j.ratelimiter.instances"));
    }

    @Test
    void whenLimitsAreSwitchedOff_thenThereIsNone() {
        application
                .withPropertyValues("resilience.rate-limiter.instances.maps.enabled=false")
                .run(context ->
                        assertThat(admitted(context.getBean(Maps.class)::find)).isGreaterThanOrEqualTo(100));
    }

    @Test
    void whenOnlyConfigured_thenResilientBringsItAndTheStandardSetDoesNot() {
        application
                .withPropertyValues("resilience.rate-limiter.instances.traffic.limit-for-period=2")
                .run(context -> {
                    assertThat(admitted(context.getBean(Maps.class)::traffic)).isEqualTo(2);
                    assertThat(admitted(context.getBean(Maps.class)::weather)).isGreaterThanOrEqualTo(100);
                });
    }

    @Test
    void whenSettingsMakeNoSense_thenTheStartIsRefusedWithAllOfThemAndTheirOrigins() {
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.maps.limit-for-period=0",
                        "resilience.rate-limiter.instances.maps.limit-refresh-period=0",
                        "resilience.rate-limiter.instances.maps.timeout-duration=-1s",
                        "resilience.rate-limiter.instances.customers.max-keys=0",
                        "resilience.rate-limiter.instances.customers.key-idle-time=100ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("limit-for-period must be at least 1, but is 0")
                        .hasStackTraceContaining("limit-refresh-period must be longer than zero, but is 0s")
                        .hasStackTraceContaining("timeout-duration must not be negative, but is -1s")
                        .hasStackTraceContaining("max-keys must be at least 1, but is 0")
                        .hasStackTraceContaining("key-idle-time and limit-refresh-period contradict each other")
                        .hasStackTraceContaining("limit-for-period = 0 from"));
    }

    @Test
    void whenACallTakesMorePermitsThanItCanEverGet_thenTheStartIsRefused() {
        application
                .withPropertyValues("resilience.rate-limiter.instances.maps.limit-for-period=3")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("a call that takes 4 permits, of 3 in each 1s, would never be let in")
                        .hasStackTraceContaining("permits = 4 from @RateLimiter on Maps.tile"));
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.maps.limit-for-period=3",
                        "resilience.rate-limiter.instances.maps.timeout-duration=1s")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenAKeySpeaksOfAParameterThatDoesNotExist_thenTheStartIsRefusedNamingThePlace() {
        application
                .withPropertyValues("resilience.rate-limiter.instances.customers.key=#custmer.id")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("key speaks of #custmer, but the method has no such parameter")
                        .hasStackTraceContaining("key = #custmer.id from"));
    }

    @Test
    void whenAnOperatorLooks_thenEachMethodShowsItsOwnPermitsAndKey() {
        application.run(context -> {
            CallCatalogue calls = context.getBean(CallCatalogue.class);
            GuardedPolicy limiter = calls.calls().stream()
                    .filter(call -> call.name().equals("customers"))
                    .findFirst()
                    .orElseThrow()
                    .pipeline()
                    .get(0);
            assertThat(limiter.id().policy()).isEqualTo("rate-limiter");
            assertThat(limiter.values().get("limit-for-period"))
                    .extracting(EffectiveValue::value)
                    .isEqualTo(10);
            assertThat(limiter.slot().policy().snapshot()).containsEntry("available", 10L);
        });
    }

    /** Calls until one is refused. */
    private static int admitted(Runnable call) {
        for (int count = 0; count < 100; count++) {
            try {
                call.run();
            } catch (RateLimitedException refusal) {
                return count;
            }
        }
        return 100;
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Maps maps() {
            return new Maps();
        }

        @Bean
        static ManualTimer timer() {
            return new ManualTimer();
        }

        @Bean
        static Ticker ticker(BeanFactory beans) {
            return beans.getBean(ManualTimer.class).ticker();
        }
    }

    public record Customer(String id) {}

    /** Public for the proxy, which a filtered class loader loads. */
    public static class Maps {

        @RateLimiter("maps")
        public void find() {}

        @RateLimiter(value = "maps", permits = 4)
        public void tile() {}

        @RateLimiter(value = "customers", key = "#customer.id")
        public void route(Customer customer) {}

        @RateLimiter(value = "customers", key = "#id")
        public void export(String id) {}

        @Resilient("traffic")
        public void traffic() {}

        @Resilient("weather")
        public void weather() {}
    }
}

package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.ContextCarrier;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.actuate.RecentEvents;
import io.steadfast.spring.actuate.ResilienceEndpoint;
import io.steadfast.spring.context.MicrometerContextCarrier;
import io.steadfast.spring.metrics.MeterListener;
import io.steadfast.spring.toys.ToyLimit;
import io.steadfast.spring.toys.ToyLimitProvider;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

class OptionalPartsTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    ReactiveResilienceAutoConfiguration.class,
                    ResilienceContextAutoConfiguration.class,
                    ResilienceEndpointAutoConfiguration.class,
                    ResilienceEventsAutoConfiguration.class,
                    ResilienceMetricsAutoConfiguration.class,
                    ResilienceObservationAutoConfiguration.class))
            .withUserConfiguration(ToyPolicies.class)
            .withPropertyValues("management.endpoints.web.exposure.include=*");

    private final ApplicationContextRunner withShop = application.withBean(ToyShop.class);

    @Test
    void whenTheApplicationHasBeansOfPlainNames_thenNoneIsInTheWay() {
        withShop.withBean("policyRuntime", String.class, () -> "one")
                .withBean("callCatalogue", String.class, () -> "two")
                .withBean("guardEngine", String.class, () -> "three")
                .withBean("guardPostProcessor", String.class, () -> "four")
                .withBean("monoCallStyle", String.class, () -> "five")
                .withBean("fluxCallStyle", String.class, () -> "six")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(PolicyRuntime.class)
                            .hasSingleBean(CallCatalogue.class);
                    assertThat(context.getBean("policyRuntime")).isEqualTo("one");
                });
    }

    @Test
    void whenThereIsNoActuator_thenCallsAreGuardedWithoutAnEndpoint() {
        withShop.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(RecentEvents.class)).isEmpty();
                    assertThat(context.getBean(ToyShop.class).stock("1")).isEqualTo("stock of 1");
                });
    }

    @Test
    void whenOnlyTheActuatorsAutoConfigurationIsMissing_thenThereIsNoEndpoint() {
        withShop.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate.autoconfigure"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResilienceEndpoint.class));
    }

    @Test
    void whenThereIsNoMicrometer_thenCallsAreGuardedWithoutMeters() {
        withShop.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.containsBean("resilienceMeterListener")).isFalse();
            assertThat(context.getBean(ToyShop.class).stock("1")).isEqualTo("stock of 1");
        });
    }

    @Test
    void whenThereIsNoContextPropagation_thenCallsAreGuardedAndCarryNothing() {
        withShop.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(ContextCarrier.class)).isEmpty();
                    assertThat(context.getBean(PolicyRuntime.class).carrier()).isSameAs(ContextCarrier.NONE);
                    assertThat(context.getBean(ToyShop.class).stock("1")).isEqualTo("stock of 1");
                });
    }

    @Test
    void whenThereIsContextPropagation_thenPoliciesGetItsCarrierUnlessTheApplicationHasItsOwn() {
        withShop.run(context -> assertThat(context.getBean(PolicyRuntime.class).carrier())
                .isInstanceOf(MicrometerContextCarrier.class));
        ContextCarrier own = () -> task -> task;
        withShop.withBean("own", ContextCarrier.class, () -> own)
                .run(context -> assertThat(context.getBean(PolicyRuntime.class).carrier())
                        .isSameAs(own));
        application
                .withBean("own", ContextCarrier.class, () -> own)
                .run(parent -> withShop.withParent(parent)
                        .run(context -> assertThat(
                                        context.getBean(PolicyRuntime.class).carrier())
                                .isSameAs(own)));
    }

    @Test
    void whenThereIsNoRegistry_thenNoCallPaysForAClock() {
        withShop.run(context -> {
            assertThat(context).doesNotHaveBean(MeterListener.class);
            assertThat(context.getBean(PolicyRuntime.class).listener().timed()).isFalse();
        });
    }

    @Test
    void whenTheEndpointIsNotExposed_thenNothingIsRemembered() {
        withShop.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ResilienceEndpoint.class)
                        .doesNotHaveBean(RecentEvents.class));
    }

    @Test
    void whenAccessIsDenied_thenThereIsNoEndpoint() {
        withShop.withPropertyValues("management.endpoint.resilience.access=NONE")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResilienceEndpoint.class));
    }

    @Test
    void whenEverythingIsThere_thenAllCallsHaveMetersFromTheStart() {
        withShop.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(context).hasSingleBean(ResilienceEndpoint.class);
            assertThat(registry.find("resilience.calls").timers()).hasSize(3 * 7);
            assertThat(registry.find("resilience.attempts").counters()).hasSize(3);
            assertThat(registry.find("resilience.refusals").counters())
                    .singleElement()
                    .satisfies(counter -> {
                        assertThat(counter.getId().getTag("name")).isEqualTo("inventory");
                        assertThat(counter.getId().getTag("policy")).isEqualTo("circuit-breaker");
                        assertThat(counter.count()).isZero();
                    });
            assertThat(registry.find("resilience.circuit-breaker.state").gauges())
                    .hasSize(6);
            assertThat(registry.find("resilience.retry.budget").gauges()).hasSize(3);
        });
    }

    @Test
    void whenACallHasATimeLimit_thenRefusalsForWantOfTimeAreThereFromTheStart() {
        application
                .withBean(ToyLimitProvider.class)
                .withBean(Limited.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .get("resilience.refusals")
                                .tags("name", "limited", "policy", "timeout")
                                .counter()
                                .count())
                        .isZero());
    }

    @Test
    void whenABeanIsLazy_thenItsMetersComeWithItsFirstCall() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withUserConfiguration(LazyShop.class)
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.find("resilience.calls").timers()).isEmpty();

                    context.getBean(ToyShop.class).stock("1");

                    assertThat(registry.get("resilience.attempts")
                                    .tags("name", "inventory")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.find("resilience.circuit-breaker.state").gauges())
                            .hasSize(6);
                });
    }

    @Test
    void whenTheRegistryCannotBeMade_thenItFailsByItselfAndNoCallDoes() {
        application
                .withUserConfiguration(BrokenRegistry.class)
                .withBean(ToyShop.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ToyShop.class).stock("1")).isEqualTo("stock of 1");
                });
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ResilienceAutoConfiguration.class,
                ResilienceContextAutoConfiguration.class,
                ResilienceEndpointAutoConfiguration.class,
                ResilienceEventsAutoConfiguration.class,
                ResilienceMetricsAutoConfiguration.class,
                ResilienceObservationAutoConfiguration.class
            })
    void whenImportedAlone_thenTheApplicationStarts(Class<?> autoConfiguration) {
        ApplicationContextRunner alone =
                new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(autoConfiguration));

        alone.run(context -> assertThat(context).hasNotFailed());
        alone.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).hasNotFailed());
        alone.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate", "io.micrometer", "org.springframework.web", "reactor"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenTheCatalogueIsAskedFor_thenItIsTheEndpointsOne() {
        withShop.run(context -> assertThat(
                        context.getBean(ResilienceEndpoint.class).calls().calls())
                .hasSameSizeAs(context.getBean(CallCatalogue.class).calls()));
    }

    static class Limited {

        @ToyLimit(value = "limited", total = "1s", owner = "ann")
        public void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyShop {

        @Bean
        @Lazy
        ToyShop lazyShop() {
            return new ToyShop();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenRegistry {

        @Bean
        @Lazy
        MeterRegistry brokenRegistry() {
            throw new IllegalStateException("no registry today");
        }
    }
}

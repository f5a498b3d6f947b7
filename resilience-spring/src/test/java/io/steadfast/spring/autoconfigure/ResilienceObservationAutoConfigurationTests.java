package io.steadfast.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import io.steadfast.core.CallObserver;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.PropertySection;
import io.steadfast.spring.observation.ResilienceObserver;
import io.steadfast.spring.observation.UntimedObservationHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ResilienceObservationAutoConfigurationTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class, ResilienceObservationAutoConfiguration.class));

    private final ApplicationContextRunner traced = application
            .withBean(ObservationRegistry.class, ObservationRegistry::create)
            .withBean(ObservationTextPublisher.class, ObservationTextPublisher::new);

    @Test
    void whenSomebodyListensToObservations_thenCallsAreObserved() {
        traced.run(context -> {
            assertThat(context).hasSingleBean(ResilienceObserver.class).hasSingleBean(UntimedObservationHandler.class);
            assertThat(context.getBean(PolicyRuntime.class).observer())
                    .isSameAs(context.getBean(ResilienceObserver.class));
        });
    }

    @Test
    void whenObservationsWouldOnlyBecomeMeters_thenCallsAreSparedThem() {
        application
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withUserConfiguration(Meters.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ResilienceObserver.class);
                    assertThat(context.getBean(PolicyRuntime.class).observer()).isSameAs(CallObserver.NONE);
                });
    }

    @Test
    void whenTheApplicationAddsHandlersByCode_thenCallsAreObserved() {
        application
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(ObservationRegistryCustomizer.class, () -> registry -> {})
                .run(context -> assertThat(context).hasSingleBean(ResilienceObserver.class));
    }

    @Test
    void whenSwitchedOn_thenCallsAreObservedWhoeverListens() {
        application
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withPropertyValues("resilience.observations.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(ResilienceObserver.class));
    }

    @Test
    void whenSwitchedOff_thenNoCallIsObserved() {
        traced.withPropertyValues("resilience.observations.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(ResilienceObserver.class)
                        .doesNotHaveBean(UntimedObservationHandler.class));
    }

    @Test
    void whenTheParentContextIsTraced_thenCallsOfItsChildrenAreObserved() {
        new ApplicationContextRunner()
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(ObservationTextPublisher.class, ObservationTextPublisher::new)
                .run(parent -> application
                        .withParent(parent)
                        .run(context -> assertThat(context).hasSingleBean(ResilienceObserver.class)));
    }

    @Test
    void whenTheApplicationHasAnObserverOfItsOwn_thenItTakesThePlaceOfOurs() {
        CallObserver own = (call, surroundings) -> null;
        traced.withBean(CallObserver.class, () -> own).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(ResilienceObserver.class);
            assertThat(context.getBean(PolicyRuntime.class).observer()).isSameAs(own);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.tracing",
                "io.micrometer.context",
                "io.micrometer.core",
                "org.springframework.boot.micrometer",
                "reactor"
            })
    void whenSomethingOptionalIsAbsent_thenCallsAreObserved(String library) {
        traced.withClassLoader(new FilteredClassLoader(library))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ResilienceObserver.class));
    }

    @Test
    void whenObservationsAreAbsent_thenNoCallIsObserved() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallObserver.class));
    }

    @Test
    void whenThereIsNoRegistry_thenNoCallIsObserved() {
        application.run(context -> assertThat(context).doesNotHaveBean(ResilienceObserver.class));
    }

    @Test
    void whenMicrometerIsAbsent_thenThePropertyIsKnownAllTheSame() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .withPropertyValues("resilience.observations.enabled=true")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(CallObserver.class);
                    assertThat(context.getBeansOfType(PropertySection.class).values())
                            .extracting(PropertySection::name)
                            .contains("observations");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        DefaultMeterObservationHandler meters() {
            MeterRegistry registry = new SimpleMeterRegistry();
            return new DefaultMeterObservationHandler(registry);
        }
    }
}

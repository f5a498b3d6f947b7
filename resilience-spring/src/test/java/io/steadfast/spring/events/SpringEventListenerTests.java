package io.steadfast.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.StateChangedEvent;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceEventsAutoConfiguration;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class SpringEventListenerTests {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, ResilienceEventsAutoConfiguration.class))
            .withUserConfiguration(ToyPolicies.class)
            .withBean(ToyShop.class)
            .withBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whenAStateChanges_thenTheApplicationHearsOfIt() {
        application.withBean(Ear.class).run(context -> {
            ToyPolicies.breaker(context.getBean(CallCatalogue.class), "inventory")
                    .goTo("OPEN");

            assertThat(context.getBean(Ear.class).heard)
                    .containsExactly(new StateChangedEvent("inventory", "circuit-breaker", "CLOSED", "OPEN", NOW));
        });
    }

    @Test
    void whenOtherThingsHappen_thenNothingIsPublished() {
        application.withBean(Ear.class).run(context -> {
            ToyShop shop = context.getBean(ToyShop.class);
            shop.failNext(1, new IllegalStateException("boom"));

            assertThat(shop.find("1")).isEqualTo("product 1");
            assertThat(context.getBean(Ear.class).heard).isEmpty();
        });
    }

    @Test
    void whenAnApplicationListenerThrows_thenThePolicyDoesNotNotice() {
        application.withBean(DeafEar.class).run(context -> {
            ToyPolicies.breaker(context.getBean(CallCatalogue.class), "inventory")
                    .goTo("HALF_OPEN");

            assertThat(context.getBean(DeafEar.class).asked).isEqualTo(1);
            assertThat(context.getBean(ToyShop.class).stock("1")).isEqualTo("stock of 1");
        });
    }

    @Test
    void whenImportedAlone_thenTheApplicationStarts() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ResilienceEventsAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SpringEventListener.class)
                        .doesNotHaveBean(PolicyRuntime.class));
    }

    @Test
    void whenTheClockComesFromTheFirstConfigurationClass_thenTheApplicationStarts() {
        new ApplicationContextRunner()
                .withUserConfiguration(Watchmaker.class)
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class, ResilienceEventsAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicyRuntime.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Watchmaker {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    static class Ear {

        private final List<StateChangedEvent> heard = new ArrayList<>();

        @EventListener
        void hear(StateChangedEvent event) {
            heard.add(event);
        }
    }

    static class DeafEar {

        private int asked;

        @EventListener
        void hear(StateChangedEvent event) {
            asked++;
            throw new IllegalStateException("will not hear of " + event.to());
        }
    }
}

package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.failover.Failover;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A circuit breaker for each instance of a pool. */
class InstanceBreakersTests {

    private final ApplicationContextRunner withoutBreakers = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FailoverAutoConfiguration.class, ResilienceAutoConfiguration.class))
            .withBean(Inventory.class)
            .withPropertyValues(
                    "resilience.failover.instances.inventory.urls=http://one:80,http://two:80",
                    "resilience.failover.instances.inventory.ejection.circuit-breaker=gentle");

    private final ApplicationContextRunner application = withoutBreakers
            .withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
            .withPropertyValues("resilience.circuit-breaker.instances.gentle.minimum-number-of-calls=7");

    @Test
    void whenEachInstanceIsToHaveABreaker_thenItIsLikeTheConfiguredOne() {
        application.run(context -> {
            callOften(context.getBean(Inventory.class), null);

            assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
                    .extracting(breaker -> breaker.getName() + " "
                            + breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls())
                    .containsExactlyInAnyOrder("inventory at one:80 7", "inventory at two:80 7");
        });
    }

    @Test
    void whenTheBreakerOfAnInstanceIsOpen_thenCallsGoToTheOther() {
        application.run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            callOften(inventory, null);
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("inventory at one:80")
                    .transitionToForcedOpenState();

            callOften(inventory, "http://two:80");
        });
    }

    @Test
    void whenTheBreakersStarterIsAbsent_thenTheStartIsRefusedNamingIt() {
        withoutBreakers.run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("io.steadfast:steadfast-starter-circuitbreaker")
                .hasStackTraceContaining("ejection.circuit-breaker of the failover 'inventory'"));
    }

    @Test
    void whenTheBreakerIsNotConfigured_thenTheStartIsRefusedNamingTheNearest() {
        application
                .withPropertyValues("resilience.failover.instances.inventory.ejection.circuit-breaker=gentel")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("Did you mean gentle?"));
    }

    /** So often that of two instances chance alone leaves none out. */
    private static void callOften(Inventory inventory, @Nullable String expected) {
        for (int call = 0; call < 50; call++) {
            String where = inventory.where(null);
            if (expected != null) {
                assertThat(where).isEqualTo(expected);
            }
        }
    }

    static class Inventory {

        @Failover("inventory")
        String where(@Nullable URI instance) {
            return String.valueOf(instance);
        }
    }
}

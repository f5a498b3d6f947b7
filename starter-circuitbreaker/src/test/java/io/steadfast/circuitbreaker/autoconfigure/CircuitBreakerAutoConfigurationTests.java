package io.steadfast.circuitbreaker.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.spring.Resilient;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CircuitBreakerAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    CircuitBreakerAutoConfiguration.class,
                    CircuitBreakerMetricsAutoConfiguration.class))
            .withUserConfiguration(Shop.class)
            .withPropertyValues(
                    "resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                    "resilience.circuit-breaker.defaults.sliding-window-size=4",
                    "resilience.circuit-breaker.instances.stock.failure-rate-threshold=75",
                    "resilience.circuit-breaker.instances.stock.record-exceptions=java.io.IOException",
                    "resilience.circuit-breaker.instances.stock.record-result-predicate=isNothing");

    @Test
    void whenAMethodIsAnnotated_thenItsBreakerOpensByTheSettingsOfItsInstance() {
        runner.run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.left("A");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> stock.left("")).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> stock.left("A"))
                    .isInstanceOfSatisfying(
                            CircuitOpenException.class,
                            refused -> assertThat(refused.retryAfter()).isPresent());
            var engine = context.getBean(CircuitBreakerRegistry.class).find("stock");
            assertThat(engine)
                    .hasValueSatisfying(
                            found -> assertThat(found.getState().name()).isEqualTo("OPEN"));
        });
    }

    @Test
    void whenAResultPredicateIsNamed_thenTheBeanIsAsked() {
        runner.run(context -> {
            Stock stock = context.getBean(Stock.class);
            for (int i = 0; i < 4; i++) {
                assertThat(stock.left("nothing")).isNull();
            }
            assertThatThrownBy(() -> stock.left("A")).isInstanceOf(CircuitOpenException.class);
        });
    }

    @Test
    void whenResilientAsksForTheStandardSet_thenABreakerIsInIt() {
        runner.run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.count();
            assertThat(context.getBean(CircuitBreakerRegistry.class).find("counting"))
                    .isPresent();
        });
    }

    @Test
    void whenTheApplicationHasARegistry_thenTheEnginesAreInThatOne() {
        runner.withUserConfiguration(OwnRegistry.class).run(context -> {
            assertThat(context).hasSingleBean(CircuitBreakerRegistry.class);
            assertThat(context.getBean("ownRegistry", CircuitBreakerRegistry.class)
                            .find("stock"))
                    .isPresent();
        });
    }

    @Test
    void whenARegistryOutlivesAContext_thenTheNextOneFindsTheNamesFree() {
        CircuitBreakerRegistry longLived = CircuitBreakerRegistry.ofDefaults();
        var foreign = longLived.circuitBreaker("foreign");
        ApplicationContextRunner again = runner.withBean(CircuitBreakerRegistry.class, () -> longLived);

        for (int i = 0; i < 2; i++) {
            again.run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(longLived.find("stock")).isPresent();
            });
            assertThat(longLived.getAllCircuitBreakers()).containsExactly(foreign);
        }
    }

    @Test
    void whenSomebodyHasReplacedABreaker_thenHisStaysInTheRegistry() {
        CircuitBreakerRegistry longLived = CircuitBreakerRegistry.ofDefaults();
        var another = io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("stock");
        runner.withBean(CircuitBreakerRegistry.class, () -> longLived)
                .run(context -> longLived.replace("stock", another));

        assertThat(longLived.find("stock")).containsSame(another);
    }

    @Test
    void whenThatRegistryHoldsABreakerOfTheName_thenTheStartIsRefused() {
        runner.withUserConfiguration(TakenName.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("already holds a breaker named 'stock'"));
    }

    @Test
    void whenSettingsContradict_thenTheStartIsRefusedWithTheKeys() {
        runner.withPropertyValues("resilience.circuit-breaker.instances.stock.minimum-number-of-calls=5")
                .run(context ->
                        assertThat(context).hasFailed().getFailure().hasMessageContaining("minimum-number-of-calls"));
    }

    @Test
    void whenAPredicateDoesNotExist_thenTheStartIsRefusedWithItsName() {
        runner.withPropertyValues("resilience.circuit-breaker.instances.stock.ignore-exception-predicate=nobody")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("names 'nobody', but there is neither a bean nor a class of that name"));
    }

    @Test
    void whenItIsSwitchedOff_thenNothingIsRefused() {
        runner.withPropertyValues("resilience.circuit-breaker.instances.stock.enabled=false")
                .run(context -> {
                    Stock stock = context.getBean(Stock.class);
                    for (int i = 0; i < 10; i++) {
                        assertThatThrownBy(() -> stock.left("")).isInstanceOf(IOException.class);
                    }
                });
    }

    @Test
    void whenMicrometerIsAbsent_thenBreakersWorkWithoutIt() {
        runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class.getPackageName()))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("resilienceBreakerMeters");
                    assertThat(context.getBean(Stock.class).left("A")).isEqualTo(7);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        Predicate<Object> isNothing() {
            return Objects::isNull;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {

        @Bean
        CircuitBreakerRegistry ownRegistry() {
            return CircuitBreakerRegistry.ofDefaults();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TakenName {

        @Bean
        CircuitBreakerRegistry ownRegistry() {
            CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
            registry.circuitBreaker("stock");
            return registry;
        }
    }

    /** Public, because its proxy may be made by another class loader. */
    public static class Stock {

        @CircuitBreaker("stock")
        public Integer left(String id) throws IOException {
            if (id.isEmpty()) {
                throw new IOException("no such shelf");
            }
            return id.equals("nothing") ? null : 7;
        }

        @Resilient("counting")
        public int count() {
            return 7;
        }
    }
}

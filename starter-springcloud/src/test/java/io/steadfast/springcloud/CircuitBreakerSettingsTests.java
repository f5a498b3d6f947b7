package io.steadfast.springcloud;

import static io.steadfast.springcloud.Breakers.factory;
import static io.steadfast.springcloud.Breakers.pipeline;
import static io.steadfast.springcloud.Breakers.second;
import static io.steadfast.springcloud.Breakers.third;
import static io.steadfast.springcloud.Breakers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.InvalidResilienceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.Customizer;

/** What code and properties say about ids, and how many ids there may be. */
@ExtendWith(OutputCaptureExtension.class)
class CircuitBreakerSettingsTests {

    @Test
    void whenCodeConfiguresAnId_thenItHoldsForThatIdAlone() {
        with(factory -> {
            factory.configure(settings -> settings.circuitBreaker("minimum-number-of-calls", 1), "strict");

            assertThat(second(factory.create("strict"))).isEqualTo("CircuitOpenException");
            assertThat(second(factory.create("other"))).isEqualTo("fine");
        });
    }

    @Test
    void whenCodeConfiguresAllIds_thenItHoldsUnlessOneIsConfiguredNearer() {
        with(
                factory -> {
                    factory.configureDefault(id -> CallSettings.builder()
                            .circuitBreaker("minimum-number-of-calls", 1)
                            .build());
                    factory.configure(settings -> settings.circuitBreaker("minimum-number-of-calls", 2), "lenient");

                    assertThat(second(factory.create("any"))).isEqualTo("CircuitOpenException");
                    assertThat(second(factory.create("lenient"))).isEqualTo("fine");
                    assertThat(second(factory.create("written"))).isEqualTo("fine");
                },
                "resilience.circuit-breaker.instances.written.minimum-number-of-calls=2");
    }

    @Test
    void whenCodeNamesATimeout_thenTheCallHasOne() {
        Applications.runner().run(context -> {
            factory(context).configure(settings -> settings.timeout(Duration.ofSeconds(1)), "stock");

            factory(context).create("stock");

            assertThat(pipeline(context, "stock")).containsExactly("circuit-breaker", "timeout");
        });
    }

    @Test
    void whenAGroupIsConfigured_thenItHoldsWhereTheIdSaysNothing() {
        Applications.runner()
                .withPropertyValues(
                        "resilience.circuit-breaker.instances.StockClient.minimum-number-of-calls=1",
                        "resilience.circuit-breaker.instances.StockClient.ignore-exceptions=java.io.IOException,java.lang.Error",
                        "resilience.circuit-breaker.instances.stockWrite.minimum-number-of-calls=2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    CircuitBreaker read = factory(context).create("stockRead", "StockClient");
                    CircuitBreaker write = factory(context).create("stockWrite", "StockClient");

                    assertThat(second(read)).isEqualTo("CircuitOpenException");
                    assertThat(second(write)).isEqualTo("fine");
                });
    }

    @Test
    void whenAGroupHasAPolicy_thenItsCallsHaveItToo() {
        Applications.runner()
                .withPropertyValues(
                        "resilience.retry.instances.stock-client.base=patient",
                        "resilience.retry.instances.patient.max-attempts=2")
                .run(context -> {
                    factory(context).create("stockRead", "stock-client");

                    assertThat(pipeline(context, "stockRead")).containsExactly("retry", "circuit-breaker");
                    assertThat(context.getBean(CallCatalogue.class)
                                    .find("stockRead")
                                    .orElseThrow()
                                    .methods())
                            .containsExactly("Spring Cloud circuit breaker 'stockRead' of group 'stock-client'");
                });
    }

    @Test
    void whenCodeNamesAnUnknownKey_thenItIsRefusedWithTheNearest() {
        with(factory -> assertThatThrownBy(() ->
                        factory.configure(settings -> settings.circuitBreaker("failure-rate-treshold", 60), "stock"))
                .isInstanceOf(InvalidResilienceException.class)
                .hasMessage(
                        "Nobody reads the key 'failure-rate-treshold' of circuit-breaker (configure(..., \"stock\"))"
                                + " Did you mean failure-rate-threshold?"));
    }

    @Test
    void whenCodeNamesAnUnknownPolicy_thenItIsRefusedWithTheNearest() {
        with(factory -> assertThatThrownBy(() ->
                        factory.configure(settings -> settings.set("bulkhed", "max-concurrent-calls", 1), "stock"))
                .hasMessageContaining("Did you mean bulkhead?"));
    }

    @Test
    void whenTheDefaultNamesAnUnknownKey_thenTheFirstUseIsRefused() {
        with(factory -> {
            factory.configureDefault(
                    id -> CallSettings.builder().timeout("totl", "1s").build());

            assertThatThrownBy(() -> factory.create("stock"))
                    .isInstanceOf(InvalidResilienceException.class)
                    .hasMessageContaining("Did you mean total?");
        });
    }

    @Test
    void whenAValueMakesNoSense_thenItIsRefusedWithWhoSaidIt() {
        with(factory -> {
            factory.configure(settings -> settings.circuitBreaker("failure-rate-threshold", 600), "stock");

            assertThatThrownBy(() -> factory.create("stock"))
                    .isInstanceOf(InvalidResilienceException.class)
                    .hasMessageContaining("failure-rate-threshold")
                    .hasMessageContaining("Spring Cloud circuit breaker 'stock'");
        });
    }

    @Test
    void whenAnIdIsInUse_thenItCannotBeConfiguredAnyMore() {
        with(factory -> {
            factory.create("stock");

            assertThatThrownBy(() -> factory.configure(settings -> settings.timeout(Duration.ofSeconds(1)), "stock"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use already");
        });
    }

    @Test
    void whenIdsAreMadeOfData_thenThoseBeyondTheLimitShareOneGuard(CapturedOutput output) {
        Applications.runner()
                .withPropertyValues(
                        "resilience.spring-cloud.max-ids=2",
                        "resilience.circuit-breaker.instances.known.minimum-number-of-calls=1")
                .run(context -> {
                    SteadfastCircuitBreakerFactory factory = factory(context);
                    for (int product = 0; product < 50; product++) {
                        factory.create("stock-" + product);
                    }

                    assertThat(context.getBean(CallCatalogue.class).calls())
                            .extracting(call -> call.name())
                            .containsExactly(CircuitBreakerIds.OVERFLOW, "stock-0", "stock-1");
                    third(factory.create("stock-30"));
                    assertThat(factory.create("stock-40").run(() -> "fine", Breakers::nameOf))
                            .isEqualTo("CircuitOpenException");
                    assertThat(factory.create("known").run(() -> "fine", Breakers::nameOf))
                            .isEqualTo("fine");
                    assertThat(output.getOut().split("ids of circuit breakers are in use", -1))
                            .hasSize(2);
                });
    }

    @Test
    void whenTheLimitIsNone_thenTheStartIsRefused() {
        Applications.runner()
                .withPropertyValues("resilience.spring-cloud.max-ids=0")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("At least 1 id"));
    }

    @Test
    void whenAKeyOfOurSectionIsWrong_thenTheStartIsRefused() {
        Applications.runner()
                .withPropertyValues("resilience.spring-cloud.max-id=7")
                .run(context -> assertThat(context).getFailure().hasMessageContaining("Did you mean max-ids?"));
    }

    @Test
    void whenThereIsACustomizer_thenItIsApplied() {
        Applications.runner()
                .withBean(FactoryCustomizer.class)
                .run(context ->
                        assertThat(second(factory(context).create("strict"))).isEqualTo("CircuitOpenException"));
    }

    static class FactoryCustomizer implements Customizer<SteadfastCircuitBreakerFactory> {

        @Override
        public void customize(SteadfastCircuitBreakerFactory factory) {
            factory.configure(settings -> settings.circuitBreaker("minimum-number-of-calls", 1), "strict");
        }
    }
}

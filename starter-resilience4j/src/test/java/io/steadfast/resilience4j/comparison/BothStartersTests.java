package io.steadfast.resilience4j.comparison;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadfast.resilience4j.autoconfigure.Resilience4jAutoConfiguration;
import io.steadfast.spring.InvalidResilienceException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Two starters would guard each method twice. */
class BothStartersTests {

    @Test
    void whenTheirAspectsAreThereToo_thenStartIsRefused() throws ClassNotFoundException {
        Class<?> theirs = Class.forName(
                "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration");

        assertThatThrownBy(() -> new SpringApplicationBuilder(OrderService.class, Ours.class, theirs)
                        .web(WebApplicationType.NONE)
                        .run("--spring.config.location=classpath:comparison/shop.yml"))
                .isInstanceOf(InvalidResilienceException.class)
                .hasMessageContaining("resilience4j's own starter is here beside steadfast-starter-resilience4j")
                .hasMessageContaining("Remove the dependency io.github.resilience4j:resilience4j-spring-boot4.");
    }

    @ImportAutoConfiguration(Resilience4jAutoConfiguration.class)
    static class Ours {}
}

package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** With Spring Security on Spring MVC: who asks is known, and nobody else may. */
@SpringBootTest(
        classes = SteeringSecuredServletTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=servlet",
            "spring.security.user.name=alice",
            "spring.security.user.password=secret",
            "management.endpoints.web.exposure.include=resilience,failover",
            "management.endpoint.failover.access=unrestricted",
            "management.endpoint.resilience.access=unrestricted",
            "resilience.retry.defaults.wait-duration=0",
            "resilience.rate-limiter.instances.stock.limit-for-period=1000",
            "resilience.rate-limiter.instances.stock.limit-refresh-period=1h",
            "resilience.bulkhead.instances.stock.adaptive.enabled=true",
            "resilience.failover.instances.spare.urls=http://10.0.0.1:8080,http://10.0.0.2:8080",
            "resilience.failover.instances.stock.urls=http://10.0.0.1:8080,http://10.0.0.2:8080"
        })
class SteeringSecuredServletTests extends SteeringOverHttp {

    @Override
    String asker() {
        return "alice";
    }

    @Test
    void whenNobodyKnowsWhoAsks_thenNothingIsToldAndNothingDone() throws Exception {
        assertThat(anonymously("{\"action\":\"disable\",\"policy\":\"circuit-breaker\"}"))
                .isEqualTo(401);
        assertThat(changesInForce()).isZero();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SteeredShop shop() {
            return new SteeredShop();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }
}

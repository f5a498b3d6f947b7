package io.steadfast.starter;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;

/** Where the actuator has a port of its own. */
@SpringBootTest(
        classes = SteeringOtherPortServletTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=servlet",
            "spring.autoconfigure.exclude="
                    + "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "management.server.port=0",
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
class SteeringOtherPortServletTests extends SteeringOverHttp {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SteeredShop shop() {
            return new SteeredShop();
        }
    }
}

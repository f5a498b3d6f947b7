package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;

import io.steadfast.dashboard.reactive.DashboardRequest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;

/** The same as on servlets, for WebFlux. */
class ReactiveSecurityTests {

    private static final String SNAPSHOT = "/resilience/api/snapshot";

    private static final String STOCK = "/resilience/api/calls?name=stock";

    private static final String OPEN = "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"}";

    private static final String[] ALL = {
        "--management.endpoints.web.exposure.include=*", "--management.endpoint.resilience.access=unrestricted"
    };

    /** Both servers are on the class path of this module, and each would serve the management port. */
    private static final String ONE_SERVER = "--spring.autoconfigure.exclude="
            + "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";

    @Test
    void whenNobodyHasWrittenARule_thenAUserIsNeeded() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.REACTIVE, List.of())) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("alice", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenTheActuatorHasRules_thenTheyHoldForThePage_andWhoChangesIsNamed() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.REACTIVE, List.of(AdminsWrite.class), ALL)) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("bob", SNAPSHOT).statusCode()).isEqualTo(403);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
            assertThat(shop.change(STOCK, OPEN, "Authorization", RunningShop.basic("olga"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(shop.change(STOCK, OPEN, "Authorization", RunningShop.basic("ada"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(RunningShop.<String>json(shop.getAs("olga", SNAPSHOT), "$.changes[0].by"))
                    .isEqualTo("ada");
        }
    }

    @Test
    void whenTheActuatorIsNotExposed_thenTheRuleOfItsListHolds() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.REACTIVE, List.of(AdminsWrite.class))) {
            assertThat(shop.getAs("bob", SNAPSHOT).statusCode()).isEqualTo(403);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenNoChainSignsAnybodyInForThePage_thenItIsRefused() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.REACTIVE, List.of(ActuatorAlone.class), ALL)) {
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whenThePageIsPutIntoTheChainOfTheActuator_thenItsUsersSeeIt() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.REACTIVE, List.of(Together.class), ALL)) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenManagementHasItsOwnPort_thenTheSameRuleHoldsThere() {
        try (RunningShop shop = RunningShop.secured(
                WebApplicationType.REACTIVE,
                List.of(AdminsWrite.class),
                ALL[0],
                "--management.server.port=0",
                ONE_SERVER)) {
            assertThat(shop.getAs(shop.managementPort(), "bob", SNAPSHOT).statusCode())
                    .isEqualTo(403);
            assertThat(shop.getAs(shop.managementPort(), "olga", SNAPSHOT).statusCode())
                    .isEqualTo(200);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(404);
        }
    }

    static class People {

        @Bean
        MapReactiveUserDetailsService people() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("bob")
                            .password("{noop}secret")
                            .roles("CUSTOMER")
                            .build(),
                    User.withUsername("olga")
                            .password("{noop}secret")
                            .roles("OPS")
                            .build(),
                    User.withUsername("ada")
                            .password("{noop}secret")
                            .roles("OPS", "ADMIN")
                            .build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AdminsWrite extends People {

        @Bean
        SecurityWebFilterChain everything(ServerHttpSecurity http) {
            return http.authorizeExchange(requests -> requests.matchers(
                                    EndpointRequest.to("resilience").withHttpMethod(HttpMethod.POST))
                            .hasRole("ADMIN")
                            .matchers(EndpointRequest.toAnyEndpoint())
                            .hasRole("OPS")
                            .anyExchange()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ActuatorAlone extends People {

        @Bean
        SecurityWebFilterChain actuator(ServerHttpSecurity http) {
            return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                    .authorizeExchange(requests -> requests.anyExchange().hasRole("OPS"))
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Together extends People {

        @Bean
        SecurityWebFilterChain operations(ServerHttpSecurity http) {
            return http.securityMatcher(new OrServerWebExchangeMatcher(
                            EndpointRequest.toAnyEndpoint(), DashboardRequest.toDashboard()))
                    .authorizeExchange(requests -> requests.anyExchange().hasRole("OPS"))
                    .httpBasic(withDefaults())
                    .build();
        }
    }
}

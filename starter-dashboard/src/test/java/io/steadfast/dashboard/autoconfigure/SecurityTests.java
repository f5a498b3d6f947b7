package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Who may see the page, and who may change anything, where Spring Security guards a servlet application. */
class SecurityTests {

    private static final String SNAPSHOT = "/resilience/api/snapshot";

    private static final String STOCK = "/resilience/api/calls?name=stock";

    private static final String OPEN = "{\"action\":\"force-open\",\"policy\":\"circuit-breaker\"}";

    private static final String[] ALL = {
        "--management.endpoints.web.exposure.include=*", "--management.endpoint.resilience.access=unrestricted"
    };

    @Test
    void whenNobodyHasWrittenARule_thenAUserIsNeeded() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of())) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("alice", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenOnlyOperatorsMayAskTheActuator_thenOnlyTheySeeThePage() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(OperatorsOnly.class), ALL)) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("bob", SNAPSHOT).statusCode()).isEqualTo(403);
            assertThat(shop.getAs("bob", "/resilience/").statusCode()).isEqualTo(403);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenTheActuatorIsNotExposed_thenTheRuleOfItsListHolds() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(OperatorsOnly.class))) {
            assertThat(shop.getAs("bob", SNAPSHOT).statusCode()).isEqualTo(403);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenOnlyAdminsMayPostToTheActuator_thenOnlyTheyChangeAnything_andAreNamed() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(AdminsWrite.class), ALL)) {
            assertThat(shop.change(STOCK, OPEN, "Authorization", RunningShop.basic("olga"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(shop.getAs("olga", SNAPSHOT).body()).contains("\"changes\":[]");

            assertThat(shop.change(STOCK, OPEN, "Authorization", RunningShop.basic("ada"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(RunningShop.<String>json(shop.getAs("olga", SNAPSHOT), "$.changes[0].by"))
                    .isEqualTo("ada");
        }
    }

    @Test
    void whenARequestLacksThePagesOwnHeader_thenSpringSecurityAsksForItsToken() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(OperatorsOnly.class), ALL)) {
            assertThat(shop.post(
                                    STOCK,
                                    OPEN,
                                    "Content-Type",
                                    "application/json",
                                    "Authorization",
                                    RunningShop.basic("olga"))
                            .statusCode())
                    .isIn(401, 403);
            assertThat(shop.getAs("olga", SNAPSHOT).body()).contains("\"changes\":[]");
        }
    }

    @Test
    void whenTheApplicationLeavesTheActuatorOpen_thenThePageIsOpenToo() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(Open.class), ALL)) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenNoChainSignsAnybodyInForThePage_thenItIsRefusedWithAHint() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(ActuatorAlone.class), ALL)) {
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("olga", SNAPSHOT).body()).contains("DashboardRequest.toDashboard()");
        }
    }

    @Test
    void whenThePageIsPutIntoTheChainOfTheActuator_thenItsUsersSeeIt() {
        try (RunningShop shop = RunningShop.secured(WebApplicationType.SERVLET, List.of(Together.class), ALL)) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.get("/resilience").statusCode()).isEqualTo(401);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenTheApplicationDecidesByItself_thenTheActuatorsRuleDoesNotMatter() {
        try (RunningShop shop = RunningShop.secured(
                WebApplicationType.SERVLET,
                List.of(OperatorsOnly.class),
                "--resilience.dashboard.security=application")) {
            assertThat(shop.get(SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs("bob", SNAPSHOT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whenManagementHasItsOwnPort_thenTheSameRuleHoldsThere() {
        try (RunningShop shop = RunningShop.secured(
                WebApplicationType.SERVLET, List.of(OperatorsOnly.class), ALL[0], "--management.server.port=0")) {
            assertThat(shop.getAt(shop.managementPort(), SNAPSHOT).statusCode()).isEqualTo(401);
            assertThat(shop.getAs(shop.managementPort(), "bob", SNAPSHOT).statusCode())
                    .isEqualTo(403);
            assertThat(shop.getAs(shop.managementPort(), "olga", SNAPSHOT).statusCode())
                    .isEqualTo(200);
            assertThat(shop.getAs("olga", SNAPSHOT).statusCode()).isEqualTo(404);
        }
    }

    /** Bob is a customer, Olga an operator, Ada an administrator. */
    static class People {

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
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
    static class OperatorsOnly extends People {

        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.toAnyEndpoint())
                            .hasRole("OPS")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AdminsWrite extends People {

        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                    EndpointRequest.to("resilience").withHttpMethod(HttpMethod.POST))
                            .hasRole("ADMIN")
                            .requestMatchers(EndpointRequest.toAnyEndpoint())
                            .hasRole("OPS")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Open extends People {

        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ActuatorAlone extends People {

        @Bean
        SecurityFilterChain actuator(HttpSecurity http) {
            return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPS"))
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Together extends People {

        @Bean
        @Order(1)
        SecurityFilterChain operations(HttpSecurity http) {
            return new DashboardGuideTests.Operations().operations(http);
        }

        @Bean
        SecurityFilterChain anythingElse(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}

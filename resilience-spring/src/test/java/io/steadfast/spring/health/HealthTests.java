package io.steadfast.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.toys.ToyPolicies;
import io.steadfast.spring.toys.ToyShop;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** With the real actuator. */
class HealthTests {

    private ConfigurableApplicationContext context;

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenABreakerIsOpen_thenDetailsSayItAndTheStatusIsUp(WebApplicationType stack) throws Exception {
        start(stack);
        breaker("OPEN");

        DocumentContext health = health("", 200);

        assertThat(health.<String>read("$.status")).isEqualTo("UP");
        assertThat(health.<String>read("$.components.resilience.status")).isEqualTo("UP");
        assertThat(health.<String>read("$.components.resilience.details.trouble.inventory"))
                .isEqualTo("circuit-breaker 'inventory' is OPEN");
        assertThat(health.<String>read("$.components.resilience.details['circuit-breaker'].inventory.state"))
                .isEqualTo("OPEN");
        assertThat(health.<Map<String, Object>>read("$.components")).doesNotContainKey("resilienceReadiness");
    }

    @Test
    void whenACallIsNamedForTheStatus_thenItIsDownWhileItsBreakerIsOpen() throws Exception {
        start(WebApplicationType.SERVLET, "resilience.health.status-of=inventory");
        assertThat(health("", 200).<String>read("$.status")).isEqualTo("UP");
        breaker("FORCED_OPEN");

        DocumentContext health = health("", 503);

        assertThat(health.<String>read("$.components.resilience.status")).isEqualTo("DOWN");
        assertThat(health.<List<String>>read("$.components.resilience.details.refused"))
                .containsExactly("inventory");
        assertThat(health("/readiness", 200).<String>read("$.status")).isEqualTo("UP");
        assertThat(health("/liveness", 200).<String>read("$.status")).isEqualTo("UP");
        breaker("HALF_OPEN");
        assertThat(health("", 200).<String>read("$.status")).isEqualTo("UP");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenACallIsNamedForReadiness_thenOnlyThatGroupTurns(WebApplicationType stack) throws Exception {
        start(stack, "resilience.health.readiness[0]=inventory");
        assertThat(health("/readiness", 200).<String>read("$.status")).isEqualTo("UP");
        breaker("OPEN");

        assertThat(health("/readiness", 503).<String>read("$.status")).isEqualTo("OUT_OF_SERVICE");
        assertThat(health("", 200).<String>read("$.status")).isEqualTo("UP");
        assertThat(health("/liveness", 200).<String>read("$.status")).isEqualTo("UP");
    }

    /** Boot's security rules ask for them with each request. */
    @Test
    void whenTheProbesHaveFurtherPaths_thenTheyAreStillKnown() throws Exception {
        start(WebApplicationType.SERVLET, "management.endpoint.health.probes.add-additional-paths=true");

        assertThat(context.getBean(HealthEndpointGroups.class))
                .isInstanceOfSatisfying(
                        AdditionalPathsMapper.class,
                        paths -> assertThat(paths.getAdditionalPaths(HealthEndpoint.ID, WebServerNamespace.SERVER))
                                .containsExactly("/livez", "/readyz"));
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void whenTheProbesOfKubernetesAsk_thenOnlyReadinessHearsOfCalls(WebApplicationType stack) throws Exception {
        start(
                stack,
                "management.endpoint.health.probes.add-additional-paths=true",
                "resilience.health.readiness=inventory");
        assertThat(probe("/readyz")).isEqualTo(200);
        breaker("OPEN");

        assertThat(probe("/readyz")).isEqualTo(503);
        assertThat(probe("/livez")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whenNoCallIsNamed_thenProbesAreUpWithAndWithoutTheContributor(String enabled) throws Exception {
        start(
                WebApplicationType.SERVLET,
                "management.endpoint.health.probes.add-additional-paths=true",
                "management.health.resilience.enabled=" + enabled);
        breaker("OPEN");

        assertThat(probe("/readyz")).isEqualTo(200);
        assertThat(probe("/livez")).isEqualTo(200);
    }

    @Test
    void whenLivenessTakesEverything_thenItDoesNotTakeCalls() throws Exception {
        start(
                WebApplicationType.SERVLET,
                "resilience.health.status-of=inventory",
                "management.endpoint.health.group.liveness.include=*");
        breaker("OPEN");

        assertThat(health("/liveness", 200).<Map<String, Object>>read("$.components"))
                .doesNotContainKeys("resilience", "resilienceReadiness");
    }

    @Test
    void whenACallIsUnknown_thenTheStartIsRefusedWithTheNearest() {
        assertThat(refusal(() -> start(WebApplicationType.NONE, "resilience.health.readiness=inventroy")))
                .hasMessageContaining("There is no guarded call 'inventroy', which resilience.health.readiness names")
                .hasMessageContaining("Did you mean 'inventory'?");
    }

    @Test
    void whenLivenessNamesCalls_thenTheStartIsRefused() {
        assertThat(refusal(() -> start(
                        WebApplicationType.SERVLET,
                        "management.endpoint.health.group.liveness.include=livenessState,resilience")))
                .hasMessageContaining("may not decide whether this instance is alive");
    }

    @Test
    void whenThereIsNoReadinessGroup_thenNamesForItAreRefused() {
        assertThat(refusal(() -> start(
                        WebApplicationType.SERVLET,
                        "resilience.health.readiness=inventory",
                        "management.endpoint.health.probes.enabled=false")))
                .hasMessageContaining("has no group 'readiness'");
    }

    @Test
    void whenTheContributorIsDisabled_thenThereIsNone() throws Exception {
        start(WebApplicationType.SERVLET, "management.health.resilience.enabled=false");

        assertThat(health("", 200).<Map<String, Object>>read("$.components"))
                .doesNotContainKeys("resilience", "resilienceReadiness");
    }

    private static Throwable refusal(ThrowingCallable start) {
        Throwable found = Assertions.catchThrowable(start);
        while (found != null && !(found instanceof InvalidResilienceException)) {
            found = found.getCause();
        }
        return found;
    }

    private void start(WebApplicationType stack, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.addAll(List.of("server.port=0", "management.endpoint.health.show-details=always"));
        context = new SpringApplicationBuilder(Application.class)
                .web(stack)
                .properties(all.toArray(String[]::new))
                .run();
    }

    private void breaker(String state) {
        ToyPolicies.breaker(context.getBean(CallCatalogue.class), "inventory").goTo(state);
    }

    private int probe(String path) throws Exception {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private DocumentContext health(String group, int status) throws Exception {
        HttpResponse<String> response = get("/actuator/health" + group);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonPath.parse(response.body());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ToyPolicies.class)
    static class Application {

        @Bean
        ToyShop shop() {
            return new ToyShop();
        }
    }
}

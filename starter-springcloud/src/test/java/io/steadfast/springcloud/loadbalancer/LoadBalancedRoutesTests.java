package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.steadfast.failover.InstanceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Routes of a gateway to services of which an instance is dead. */
class LoadBalancedRoutesTests {

    private static final int CALLS = 30;

    private static final Server DEAD = Server.dead();

    private static final Server WELL = Server.well();

    private static final Server BROKEN = Server.of(Server.text(503, "broken"));

    private static final Server SLOW = Server.of(Server.text(200, "slow").withFixedDelay(60_000));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static @Nullable ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "spring.main.web-application-type=reactive",
                "resilience.failover.defaults.picker=round-robin",
                "resilience.failover.instances.guarded.slow-start=0",
                "resilience.retry.instances.guarded.max-attempts=2",
                "resilience.retry.instances.guarded.wait-duration=0",
                "resilience.timeout.instances.limited.limit=200ms"));
        properties.addAll(Server.discovered("plain", DEAD, WELL));
        properties.addAll(Server.discovered("broken", BROKEN, WELL));
        properties.addAll(Server.discovered("guarded", DEAD, WELL));
        properties.addAll(Server.discovered("slow", SLOW));
        properties.addAll(Server.discovered("limited", SLOW));
        List<String> ids = List.of("plain", "broken", "slow", "guarded", "limited");
        for (int index = 0; index < ids.size(); index++) {
            String route = "spring.cloud.gateway.server.webflux.routes[" + index + "].";
            properties.add(route + "id=" + ids.get(index));
            properties.add(route + "uri=lb://" + ids.get(index));
            properties.add(route + "predicates[0]=Path=/" + ids.get(index) + "/**");
            if (index >= 3) {
                properties.add(route + "filters[0].name=CircuitBreaker");
                properties.add(route + "filters[0].args.name=" + ids.get(index));
            }
        }
        gateway = new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.REACTIVE)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    @AfterAll
    static void stop() {
        gateway().close();
        List.of(WELL, BROKEN, SLOW).forEach(Server::close);
    }

    private static ConfigurableApplicationContext gateway() {
        assertThat(gateway).isNotNull();
        return gateway;
    }

    private static CompletableFuture<HttpResponse<String>> get(String service) {
        URI uri = URI.create("http://localhost:" + gateway().getEnvironment().getProperty("local.server.port") + "/"
                + service + "/1");
        return CLIENT.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static List<Integer> statuses(String service) {
        List<Integer> statuses = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            statuses.add(get(service).join().statusCode());
        }
        return statuses;
    }

    private static List<InstanceState> instances(String service) {
        return gateway()
                .getBean(ServicePools.class)
                .of(service)
                .orElseThrow()
                .pool()
                .instances();
    }

    private static int inFlight(String service) {
        return instances(service).stream().mapToInt(InstanceState::inFlight).sum();
    }

    @Test
    void whenAnInstanceIsDead_thenItIsSetAside() {
        List<Integer> statuses = statuses("plain");

        assertThat(statuses).contains(500);
        assertThat(statuses.subList(CALLS / 2, CALLS)).containsOnly(200);
        assertThat(inFlight("plain")).isZero();
    }

    @Test
    void whenAnInstanceAnswersWithAFailure_thenItIsSetAside() {
        List<Integer> statuses = statuses("broken");

        assertThat(statuses).contains(503);
        assertThat(statuses.subList(CALLS / 2, CALLS)).containsOnly(200);
    }

    @Test
    void whenTheRouteHasARetryAndFailover_thenNobodyMeetsTheDeadInstance() {
        assertThat(statuses("guarded")).containsOnly(200);
        assertThat(instances("guarded").stream()
                        .mapToLong(InstanceState::succeeded)
                        .sum())
                .isEqualTo(CALLS);
        assertThat(inFlight("guarded")).isZero();
    }

    @Test
    void whenTheCallerGoes_thenTheInstanceServesNothingAnyMore() {
        CompletableFuture<HttpResponse<String>> answer = get("slow");
        await().atMost(Duration.ofSeconds(30)).until(() -> inFlight("slow") == 1);

        answer.cancel(true);

        await().atMost(Duration.ofSeconds(30)).until(() -> inFlight("slow") == 0);
        assertThat(instances("slow"))
                .allSatisfy(state -> assertThat(state.failed()).isZero());
    }

    @Test
    void whenALimitEndsTheRoute_thenTheInstanceServesNothingAnyMore() {
        assertThat(get("limited").join().statusCode()).isEqualTo(504);

        await().atMost(Duration.ofSeconds(30)).until(() -> inFlight("limited") == 0);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Gateway {}
}

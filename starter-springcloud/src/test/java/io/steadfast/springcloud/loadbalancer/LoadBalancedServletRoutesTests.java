package io.steadfast.springcloud.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.failover.InstanceState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The same for Gateway's servlet make. */
class LoadBalancedServletRoutesTests {

    private static final int CALLS = 30;

    private static final Server DEAD = Server.dead();

    private static final Server WELL = Server.well();

    private static final Server BROKEN = Server.of(Server.text(503, "broken"));

    private static @Nullable ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "spring.main.web-application-type=servlet",
                "spring.cloud.gateway.server.webflux.enabled=false",
                "resilience.failover.defaults.picker=round-robin"));
        properties.addAll(Server.discovered("plain", DEAD, WELL));
        properties.addAll(Server.discovered("broken", BROKEN, WELL));
        List<String> ids = List.of("plain", "broken");
        for (int index = 0; index < ids.size(); index++) {
            String route = "spring.cloud.gateway.server.webmvc.routes[" + index + "].";
            properties.add(route + "id=" + ids.get(index));
            properties.add(route + "uri=lb://" + ids.get(index));
            properties.add(route + "predicates[0]=Path=/" + ids.get(index) + "/**");
        }
        gateway = new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.SERVLET)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    @AfterAll
    static void stop() {
        gateway().close();
        List.of(WELL, BROKEN).forEach(Server::close);
    }

    private static ConfigurableApplicationContext gateway() {
        assertThat(gateway).isNotNull();
        return gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "broken"})
    void whenAnInstanceFails_thenItIsSetAside(String service) throws Exception {
        URI uri = URI.create("http://localhost:" + gateway().getEnvironment().getProperty("local.server.port") + "/"
                + service + "/1");
        List<Integer> statuses = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            statuses.add(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .statusCode());
        }

        assertThat(statuses).filteredOn(status -> status != 200).isNotEmpty();
        assertThat(statuses.subList(CALLS / 2, CALLS)).containsOnly(200);
        assertThat(gateway()
                        .getBean(ServicePools.class)
                        .known(service)
                        .orElseThrow()
                        .pool()
                        .instances())
                .extracting(InstanceState::inFlight)
                .containsOnly(0);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Gateway {}
}

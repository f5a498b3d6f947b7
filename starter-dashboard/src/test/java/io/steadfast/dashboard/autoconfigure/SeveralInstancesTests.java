package io.steadfast.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.steadfast.dashboard.peers.Peer;
import io.steadfast.dashboard.peers.PeerSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.mock.env.MockEnvironment;

/** The view of a service over real servers: one that answers, one that does not, one that is nobody. */
class SeveralInstancesTests {

    @Test
    void whenOneAnswersAndOthersDoNot_thenTheViewIsMerged_andSaysWhoIsMissing() throws IOException {
        try (RunningShop other = RunningShop.open(WebApplicationType.REACTIVE);
                ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RunningShop shop = RunningShop.open(
                        WebApplicationType.SERVLET,
                        "--resilience.dashboard.instances=http://localhost:" + other.port() + ",http://localhost:"
                                + deaf.getLocalPort() + ",http://localhost:1",
                        "--resilience.dashboard.peer-timeout=5s")) {
            other.bean(Shop.Stock.class).left("4711");
            shop.bean(Shop.Stock.class).left("4711");

            HttpResponse<String> view = shop.get("/resilience/api/service/snapshot");

            assertThat(RunningShop.<List<Boolean>>json(view, "$.instances[*].reachable"))
                    .containsExactly(true, true, false, false);
            assertThat(RunningShop.<List<String>>json(view, "$.instances[2:4].error"))
                    .containsExactly("no answer within 5000 ms", "no connection");
            assertThat(RunningShop.<List<Map<String, Object>>>json(view, "$.calls[?(@.name == 'stock')].instances")
                            .get(0))
                    .hasSize(2)
                    .containsKey("localhost:" + other.port());
            assertThat(RunningShop.<List<Integer>>json(view, "$.calls[?(@.name == 'stock')].outcomes.answered[*]"))
                    .hasSize(60);
            assertThat(
                            RunningShop.<List<Integer>>json(view, "$.calls[?(@.name == 'stock')].outcomes.answered[*]")
                                    .stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .isEqualTo(2);
        }
    }

    @Test
    void whenARegistryNamesTheInstances_thenTheyAreFoundWhereTheActuatorIs() {
        DiscoveryClient registry = mock(DiscoveryClient.class);
        when(registry.getInstances("shop"))
                .thenReturn(List.of(
                        new DefaultServiceInstance("shop-1", "shop", "10.0.0.8", 8080, false),
                        new DefaultServiceInstance(
                                "shop-2", "shop", "10.0.0.9", 8080, true, Map.of("management.port", "9999"))));
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.application.name", "shop")
                .withProperty("server.servlet.context-path", "/store");

        assertThat(found(registry, environment))
                .containsExactly(
                        new Peer("shop-1", URI.create("http://10.0.0.8:8080/store")),
                        new Peer("shop-2", URI.create("https://10.0.0.9:8080/store")));
        environment.setProperty("management.server.port", "8081");
        environment.setProperty("management.server.base-path", "/ops");
        assertThat(found(registry, environment))
                .containsExactly(
                        new Peer("shop-1", URI.create("http://10.0.0.8:8081/ops")),
                        new Peer("shop-2", URI.create("https://10.0.0.9:9999/ops")));
    }

    @SuppressWarnings("unchecked")
    private static List<Peer> found(DiscoveryClient registry, MockEnvironment environment) {
        ObjectProvider<DiscoveryClient> clients = mock(ObjectProvider.class);
        when(clients.orderedStream()).thenAnswer(asked -> java.util.stream.Stream.of(registry));
        DashboardProperties properties = new DashboardProperties();
        properties.setService("true");
        PeerSource source = new RegisteredPeers(clients, properties, environment);
        return source.peers();
    }
}

package io.steadfast.discovery;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.Instance;
import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverPolicy;
import io.steadfast.failover.InstanceState;
import io.steadfast.failover.Pool;
import io.steadfast.retry.Retry;
import io.steadfast.spring.CallCatalogue;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

/** An application that calls the service {@code shop} and is registered nowhere itself. */
final class Caller implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private Caller(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** Starts it with what it needs to find the registry. */
    static Caller start(String... registry) {
        return new Caller(Applications.of(Application.class, registry)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=caller",
                        "spring.cloud.service-registry.auto-registration.enabled=false",
                        "resilience.failover.instances.shop.refresh-interval=1s",
                        "resilience.failover.instances.shop.picker=round-robin",
                        "resilience.failover.instances.shop.slow-start=0s",
                        "resilience.retry.instances.shop.wait-duration=10ms")
                .run());
    }

    ConfigurableApplicationContext application() {
        return application;
    }

    Client client() {
        return application.getBean(Client.class);
    }

    /** Who answers so many calls; a call that fails fails the test. */
    Set<String> answers(int calls) {
        return IntStream.range(0, calls).mapToObj(call -> client().byUri(null)).collect(Collectors.toSet());
    }

    Pool pool() {
        return application.getBean(CallCatalogue.class).find("shop").orElseThrow().pipeline().stream()
                .map(policy -> policy.slot().policy())
                .filter(FailoverPolicy.class::isInstance)
                .map(policy -> ((FailoverPolicy) policy).pool())
                .findFirst()
                .orElseThrow();
    }

    /** What the pool knows of the instance at that address. */
    Optional<InstanceState> state(URI uri) {
        return pool().instances().stream()
                .filter(state -> state.instance().uri().equals(uri))
                .findFirst();
    }

    Instance instance(URI uri) {
        return state(uri).orElseThrow().instance();
    }

    double gauge(String figure, String... tags) {
        return application
                .getBean(MeterRegistry.class)
                .get("resilience.failover." + figure)
                .tag("name", "shop")
                .tags(tags)
                .gauge()
                .value();
    }

    double refreshFailures() {
        return application
                .getBean(MeterRegistry.class)
                .get("resilience.failover.refresh-failures")
                .tag("name", "shop")
                .functionCounter()
                .count();
    }

    @Override
    public void close() {
        application.close();
    }

    /** The ways to say which instance is meant. */
    @Failover("shop")
    @Retry("shop")
    static class Client {

        private final RestClient http;

        Client(RestClient.Builder http) {
            this.http = http.build();
        }

        String byUri(URI instance) {
            return http.get().uri(instance.resolve("/name")).retrieve().body(String.class);
        }

        ServiceInstance byServiceInstance(ServiceInstance instance) {
            return instance;
        }

        String byName() {
            return http.get().uri("http://shop/name").retrieve().body(String.class);
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Client.class)
    static class Application {}
}

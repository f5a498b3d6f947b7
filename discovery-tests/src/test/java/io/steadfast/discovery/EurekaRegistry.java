package io.steadfast.discovery;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;

/** A real Eureka server, without the caches and the self-preservation that make it answer late. */
final class EurekaRegistry implements Registry {

    private final int port = Loopback.freePort();
    private ConfigurableApplicationContext server;

    @Override
    public void start() {
        server = Applications.of(
                        Server.class,
                        "resilience.enabled=false",
                        "server.port=" + port,
                        "eureka.client.enabled=true",
                        "eureka.client.register-with-eureka=false",
                        "eureka.client.fetch-registry=false",
                        "eureka.client.service-url.defaultZone=" + url(),
                        "eureka.instance.hostname=" + Loopback.HOST,
                        "eureka.server.enable-self-preservation=false",
                        "eureka.server.use-read-only-response-cache=false",
                        "eureka.server.response-cache-update-interval-ms=500",
                        "eureka.server.eviction-interval-timer-in-ms=1000")
                .run();
    }

    @Override
    public void stop() {
        server.close();
    }

    /** Jersey is here because of the server, and a client that finds it uses it, without finding all it needs. */
    @Override
    public String[] client() {
        return new String[] {
            "eureka.client.enabled=true",
            "eureka.client.service-url.defaultZone=" + url(),
            "eureka.client.registry-fetch-interval-seconds=1",
            "eureka.client.jersey.enabled=false",
            "eureka.client.restclient.enabled=true"
        };
    }

    @Override
    public String[] instance(String zone, int weight) {
        return new String[] {
            "eureka.instance.prefer-ip-address=true",
            "eureka.instance.ip-address=" + Loopback.HOST,
            "eureka.instance.instance-id=${spring.application.name}:${random.value}",
            "eureka.instance.lease-renewal-interval-in-seconds=1",
            "eureka.instance.lease-expiration-duration-in-seconds=5",
            "eureka.client.initial-instance-info-replication-interval-seconds=0",
            "eureka.instance.metadata-map.zone=" + zone,
            "eureka.instance.metadata-map.weight=" + weight
        };
    }

    private String url() {
        return "http://" + Loopback.HOST + ":" + port + "/eureka/";
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Server {}
}

package io.steadfast.discovery;

import org.springframework.boot.builder.SpringApplicationBuilder;

/** What all applications of these tests have in common. */
final class Applications {

    private Applications() {}

    /** All clients are on the class path and switched off; what a registry needs comes on top, as {@code key=value}. */
    static SpringApplicationBuilder of(Class<?> application, String... properties) {
        return new SpringApplicationBuilder(application)
                .properties(
                        "spring.main.banner-mode=off",
                        "server.address=" + Loopback.HOST,
                        "spring.freemarker.check-template-location=false",
                        "spring.http.clients.imperative.factory=jdk",
                        "resilience.shutdown.quiet-period=0s",
                        "eureka.client.enabled=false",
                        "spring.cloud.consul.enabled=false",
                        "spring.cloud.zookeeper.enabled=false")
                .properties(properties);
    }
}

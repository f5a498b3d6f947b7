package io.steadfast.discovery;

import java.net.URI;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** One instance of the service {@code shop}: an application of its own at a port of its own, which says its name when asked. */
final class Shop implements AutoCloseable {

    private final ServletWebServerApplicationContext application;
    private final int port;

    private Shop(ServletWebServerApplicationContext application) {
        this.application = application;
        this.port = application.getWebServer().getPort();
    }

    /** Starts an instance that registers itself as its users' applications do: by having the starter on the class path. */
    static Shop register(Registry registry, String name, String zone, int weight) {
        return start(name, registry.client(), registry.instance(zone, weight));
    }

    /** Starts an instance that tells nobody. */
    static Shop start(String name) {
        return start(name, new String[0], new String[0]);
    }

    private static Shop start(String name, String[] client, String[] registration) {
        return new Shop((ServletWebServerApplicationContext) Applications.of(Service.class, client)
                .properties(registration)
                .properties("spring.application.name=shop", "server.port=0", "shop.name=" + name)
                .run());
    }

    URI uri() {
        return URI.create("http://" + Loopback.HOST + ":" + port);
    }

    /** Dies as far as its callers can tell, while the registry still lists it. */
    void die() {
        application.getWebServer().stop();
    }

    /** Leaves in good order: the registry is told. */
    @Override
    public void close() {
        application.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Service {

        private final String name;

        Service(@Value("${shop.name}") String name) {
            this.name = name;
        }

        @GetMapping("/name")
        String name() {
            return name;
        }
    }
}

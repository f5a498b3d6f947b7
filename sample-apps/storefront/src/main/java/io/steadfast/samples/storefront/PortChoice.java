package io.steadfast.samples.storefront;

import java.io.IOException;
import java.net.ServerSocket;

import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Port 8080 if it is free and nobody asked for another one: the first run must not fail because something else runs. */
@Component
class PortChoice implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {

    private static final int USUAL = 8080;

    private static final int ANY_FREE = 0;

    private final Environment environment;

    PortChoice(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void customize(ConfigurableWebServerFactory server) {
        if (!environment.containsProperty("server.port")) {
            server.setPort(isFree(USUAL) ? USUAL : ANY_FREE);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

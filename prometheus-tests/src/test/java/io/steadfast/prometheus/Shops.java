package io.steadfast.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The two applications that are scraped, with traffic: the storefront with its minute of trouble, and the one with a pool. */
final class Shops implements AutoCloseable {

    /** The tags {@code application} that they have. */
    static final List<String> APPLICATIONS = List.of("storefront", "pools");

    /** By name, because its classes are not there when this is compiled after its jar was packed. */
    private static final String STOREFRONT = "io.steadfast.samples.storefront.StorefrontApplication";

    private static final int MILLIS_BETWEEN_CALLS = 50;

    private final HttpServer alive;

    private final ConfigurableApplicationContext storefront;

    private final ConfigurableApplicationContext pools;

    private final ScheduledExecutorService visitors = Executors.newScheduledThreadPool(2);

    Shops() throws IOException, ClassNotFoundException {
        alive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        alive.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        alive.start();
        storefront = SpringApplication.run(Class.forName(STOREFRONT), "--server.port=0");
        pools = SpringApplication.run(
                PoolsApplication.class,
                "--server.port=0",
                "--spring.config.name=pools",
                "--pools.alive=" + alive.getAddress().getPort());
        Inventory inventory = pools.getBean(Inventory.class);
        visitors.scheduleAtFixedRate(() -> ask(inventory), 0, MILLIS_BETWEEN_CALLS, TimeUnit.MILLISECONDS);
    }

    private static void ask(Inventory inventory) {
        try {
            inventory.left(null);
        } catch (Exception wanted) {
            // two of three instances are not there
        }
    }

    /** Where they are, as Prometheus calls its targets. */
    List<String> targets() {
        return List.of(address(storefront), address(pools));
    }

    private static String address(ConfigurableApplicationContext application) {
        return "127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        visitors.shutdownNow();
        pools.close();
        storefront.close();
        alive.stop(0);
    }
}

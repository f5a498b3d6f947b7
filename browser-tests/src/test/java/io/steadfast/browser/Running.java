package io.steadfast.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application behind a real port, with calls coming in. */
final class Running implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private final ExecutorService users = Executors.newSingleThreadExecutor();

    private Running(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Running on(int port, Class<?> application, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                // The storefront is on the class path, too, and its settings are not for this one.
                "--spring.config.name=none",
                "--server.shutdown=immediate",
                "--spring.main.banner-mode=off",
                "--spring.application.name=shop",
                "--spring.jmx.enabled=false",
                "--resilience.circuit-breaker.defaults.minimum-number-of-calls=5",
                "--resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                "--resilience.circuit-breaker.defaults.sliding-window-size=10",
                "--resilience.retry.defaults.wait-duration=1ms"));
        arguments.addAll(List.of(more));
        return new Running(new SpringApplicationBuilder(application)
                .properties("management.endpoint.resilience.access=unrestricted")
                .run(arguments.toArray(String[]::new)));
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Users who ask again and again until the application ends. */
    Running withUsers(Runnable request) {
        users.execute(() -> {
            while (!users.isShutdown()) {
                try {
                    request.run();
                } catch (RuntimeException refused) {
                    // Users come back.
                }
                pause();
            }
        });
        return this;
    }

    private void pause() {
        try {
            if (users.awaitTermination(20, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        users.shutdownNow();
        context.close();
    }
}

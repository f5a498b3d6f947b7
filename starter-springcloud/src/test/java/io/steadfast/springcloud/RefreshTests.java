package io.steadfast.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.retry.Retry;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.RefreshAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.SpringCloudCircuitBreakerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A file that changes, and Spring Cloud's own refresh. */
class RefreshTests {

    @TempDir
    private Path folder;

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(RefreshAutoConfiguration.class.getName());
    }

    @Test
    void whenAFileChangesAndSpringCloudRefreshes_thenWhatHasChangedHolds() throws IOException {
        try (ConfigurableApplicationContext context = applicationWith("2")) {
            Stock stock = context.getBean(Stock.class);
            assertThat(attempts(stock)).isEqualTo(2);
            CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
            assertThat(attempts(factory)).isEqualTo(2);

            write("4");
            assertThat(context.getBean(ContextRefresher.class).refresh())
                    .contains("resilience.retry.instances.stock.max-attempts");

            assertThat(attempts(stock)).isEqualTo(4);
            assertThat(attempts(factory)).isEqualTo(4);
            assertThat(context.getBean(Stock.class)).isSameAs(stock);
        }
    }

    @Test
    void whenTheFileHasABadValue_thenEverythingStaysAsItIs() throws IOException {
        try (ConfigurableApplicationContext context = applicationWith("2")) {
            write("none");
            context.getBean(ContextRefresher.class).refresh();
            assertThat(attempts(context.getBean(Stock.class))).isEqualTo(2);

            write("3");
            context.getBean(ContextRefresher.class).refresh();
            assertThat(attempts(context.getBean(Stock.class))).isEqualTo(3);
        }
    }

    private ConfigurableApplicationContext applicationWith(String attempts) throws IOException {
        write(attempts);
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.location="
                        + folder.resolve("application.properties").toUri());
    }

    private void write(String attempts) throws IOException {
        Files.writeString(folder.resolve("application.properties"), """
                resilience.retry.defaults.wait-duration=0
                resilience.retry.instances.stock.max-attempts=%s
                resilience.retry.instances.till.max-attempts=%s
                """.formatted(attempts, attempts));
    }

    private static int attempts(Stock stock) {
        assertThatThrownBy(stock::find).isInstanceOf(IllegalStateException.class);
        return stock.entered();
    }

    private static int attempts(CircuitBreakerFactory<?, ?> factory) {
        AtomicInteger entered = new AtomicInteger();
        factory.create("till")
                .run(
                        () -> {
                            entered.incrementAndGet();
                            throw new IllegalStateException("down");
                        },
                        failure -> null);
        return entered.get();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ResilienceAutoConfiguration.class,
        RetryAutoConfiguration.class,
        CircuitBreakerAutoConfiguration.class,
        SpringCloudCircuitBreakerAutoConfiguration.class,
        RefreshAutoConfiguration.class,
        org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.class
    })
    static class Application {

        @Bean
        Stock stock() {
            return new Stock();
        }
    }

    static class Stock {

        private final AtomicInteger entered = new AtomicInteger();

        public int entered() {
            return entered.getAndSet(0);
        }

        @Retry("stock")
        public String find() {
            entered.incrementAndGet();
            throw new IllegalStateException("down");
        }
    }
}

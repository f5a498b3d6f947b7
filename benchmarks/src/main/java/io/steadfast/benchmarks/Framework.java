package io.steadfast.benchmarks;

import java.util.List;
import java.util.Map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

/** The same bean under Spring Framework's own {@code @Retryable}. */
@State(Scope.Benchmark)
public class Framework {

    String id = "4711";

    Stock stock;

    private ConfigurableApplicationContext context;

    /** Starts the application. */
    @Setup
    public void start() {
        context = Contexts.start(Application.class, Map.of(), List.of(Contexts.STEADFAST, Contexts.RESILIENCE4J));
        stock = context.getBean(Stock.class);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        context.close();
    }

    /** One call. */
    @Benchmark
    public String retry() {
        return stock.retry(id);
    }

    Remote remote() {
        return context.getBean(Remote.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableResilientMethods(proxyTargetClass = true)
    static class Application {

        @Bean
        Remote remote() {
            return new Remote();
        }

        @Bean
        Stock stock(Remote remote) {
            return new Stock(remote);
        }
    }

    /** The bean. */
    public static class Stock {

        private final Remote remote;

        Stock(Remote remote) {
            this.remote = remote;
        }

        /** Three attempts in all. */
        @Retryable(maxRetries = 2, delay = 1)
        public String retry(String id) {
            return remote.ask(id);
        }
    }
}

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

/** The same bean annotated for us, with our default settings but for what the rows ask for. */
@State(Scope.Benchmark)
public class Steadfast {

    private static final String RETRY = "resilience.retry.instances.";

    private static final String BREAKER = "resilience.circuit-breaker.instances.";

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry(RETRY + "retry.wait-duration", "1ms"),
            Map.entry(RETRY + "three.wait-duration", "1ms"),
            Map.entry(BREAKER + "breaker.sliding-window-type", "COUNT_BASED"),
            Map.entry(BREAKER + "breaker.sliding-window-size", "100"),
            Map.entry(BREAKER + "three.sliding-window-type", "COUNT_BASED"),
            Map.entry(BREAKER + "three.sliding-window-size", "100"),
            Map.entry(BREAKER + "timed.sliding-window-type", "TIME_BASED"),
            Map.entry(BREAKER + "timed.sliding-window-size", "10"),
            Map.entry(BREAKER + "open.sliding-window-size", "10"),
            Map.entry(BREAKER + "open.minimum-number-of-calls", "10"),
            Map.entry(BREAKER + "open.wait-duration-in-open-state", "1h"));

    String id = "4711";

    SteadfastStock stock;

    private ConfigurableApplicationContext context;

    /** Starts the application. */
    @Setup
    public void start() {
        context = Contexts.start(application(), SETTINGS, List.of(Contexts.RESILIENCE4J));
        stock = context.getBean(SteadfastStock.class);
        prepare();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        context.close();
    }

    /** Retry alone. */
    @Benchmark
    public String retry() {
        return stock.retry(id);
    }

    /** Breaker alone, window of 100 calls. */
    @Benchmark
    public String breaker() {
        return stock.breaker(id);
    }

    /** Breaker alone, window of 10 seconds. */
    @Benchmark
    public String timedBreaker() {
        return stock.timedBreaker(id);
    }

    /** A fallback that is not needed. */
    @Benchmark
    public String fallback() {
        return stock.fallback(id);
    }

    /** Retry, breaker with a window of 100 calls, and a fallback that is not needed. */
    @Benchmark
    public String three() {
        return stock.three(id);
    }

    /** What a side needs before its first call. */
    void prepare() {}

    Class<?> application() {
        return Application.class;
    }

    Remote remote() {
        return context.getBean(Remote.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Remote remote() {
            return new Remote();
        }

        @Bean
        SteadfastStock stock(Remote remote) {
            return new SteadfastStock(remote);
        }
    }
}

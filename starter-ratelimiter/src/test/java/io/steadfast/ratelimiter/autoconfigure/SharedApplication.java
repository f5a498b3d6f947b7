package io.steadfast.ratelimiter.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.RateLimitedException;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceEventsAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** One instance of a service whose calls to a carrier are limited together with those of the other instances. */
final class SharedApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SharedApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts an instance.
     *
     * @param settings below {@code resilience.rate-limiter}
     */
    static SharedApplication start(int redisPort, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=shop",
                "--spring.main.banner-mode=off",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redisPort,
                "--resilience.rate-limiter.defaults.scope=shared",
                "--resilience.rate-limiter.defaults.limit-refresh-period=10d"));
        for (String setting : settings) {
            arguments.add("--resilience.rate-limiter." + setting);
        }
        return new SharedApplication(new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new)));
    }

    Carrier carrier() {
        return context.getBean(Carrier.class);
    }

    /** What the limiter of {@code carrier} says about itself. */
    Map<String, Object> limiter() {
        return limiter("carrier");
    }

    Map<String, Object> limiter(String name) {
        for (GuardedCall call : context.getBean(CallCatalogue.class).calls()) {
            if (call.name().equals(name)) {
                return call.pipeline().get(0).slot().policy().snapshot();
            }
        }
        throw new AssertionError("There is no call '" + name + "'");
    }

    /** As the gauge shows it. */
    boolean isStoreDown() {
        return context.getBean(MeterRegistry.class)
                        .get("resilience.rate-limiter.store-down")
                        .tag("name", "carrier")
                        .gauge()
                        .value()
                == 1;
    }

    /** Whether a call is let in. */
    boolean ships() {
        try {
            return carrier().ship();
        } catch (RateLimitedException refusal) {
            return false;
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** What is limited. */
    static class Carrier {

        @RateLimiter("carrier")
        boolean ship() {
            return true;
        }

        @RateLimiter("carrier")
        CompletionStage<Boolean> shipLater() {
            return CompletableFuture.completedFuture(true);
        }

        @RateLimiter("paced")
        boolean shipWhenItIsTime() {
            return true;
        }

        @RateLimiter("strict")
        boolean shipStrictly() {
            return true;
        }

        @RateLimiter(value = "customers", key = "#customer", permits = 2)
        boolean shipFor(String customer) {
            return true;
        }
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        ResilienceAutoConfiguration.class,
        ResilienceEventsAutoConfiguration.class,
        ResilienceMetricsAutoConfiguration.class,
        RateLimiterAutoConfiguration.class,
        RedisRateLimiterAutoConfiguration.class,
        DataRedisAutoConfiguration.class
    })
    static class Shop {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Carrier carrier() {
            return new Carrier();
        }
    }
}

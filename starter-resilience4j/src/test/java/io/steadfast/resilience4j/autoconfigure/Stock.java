package io.steadfast.resilience4j.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration;
import io.steadfast.core.time.Ticker;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.steadfast.retry.Retry;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A guarded bean, with a policy of each kind that resilience4j has a registry of. */
public class Stock {

    private final AtomicInteger failures = new AtomicInteger();

    private final CountDownLatch leave = new CountDownLatch(1);

    private final CountDownLatch entered = new CountDownLatch(1);

    /** The next calls fail, so many of them. */
    public void fail(int times) {
        failures.set(times);
    }

    /** Waits until a call is in the bulkhead. */
    public void awaitEntry() throws InterruptedException {
        entered.await();
    }

    /** Lets calls leave the bulkhead. */
    public void letGo() {
        leave.countDown();
    }

    private int answer() {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("no answer");
        }
        return 7;
    }

    @CircuitBreaker("breaker")
    public int throughBreaker() {
        return answer();
    }

    @RateLimiter("limiter")
    public int throughLimiter() {
        return answer();
    }

    @Retry("retry")
    public int throughRetry() {
        return answer();
    }

    @Bulkhead("bulkhead")
    public int throughBulkhead() throws InterruptedException {
        entered.countDown();
        leave.await();
        return answer();
    }

    @Timeout("limit")
    @Retry("limit")
    public int withinLimit() {
        return answer();
    }

    /** An application with it, and time that stands still. */
    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        Resilience4jRegistriesAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        CircuitBreakerMetricsAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        TimeoutAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withPropertyValues(
                        "resilience.circuit-breaker.instances.breaker.sliding-window-type=count_based",
                        "resilience.circuit-breaker.instances.breaker.sliding-window-size=4",
                        "resilience.circuit-breaker.instances.breaker.minimum-number-of-calls=2",
                        "resilience.rate-limiter.instances.limiter.limit-for-period=3",
                        "resilience.retry.defaults.jitter=none",
                        "resilience.bulkhead.instances.bulkhead.max-concurrent-calls=1",
                        "resilience.timeout.instances.limit.limit=2s");
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        ManualTimer timer() {
            return new ManualTimer();
        }

        @Bean
        Ticker ticker(ManualTimer timer) {
            return timer.ticker();
        }
    }
}

package io.steadfast.starter;

import io.steadfast.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.core.time.Ticker;
import io.steadfast.failover.autoconfigure.FailoverAutoConfiguration;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.hedge.autoconfigure.HedgeAutoConfiguration;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTicker;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with everything in the starter, and with time in the test's hands. */
final class Steadfast {

    private Steadfast() {}

    static ApplicationContextRunner application(Class<?>... beans) {
        ManualTicker ticker = new ManualTicker();
        ManualTimer timer = new ManualTimer(ticker);
        return inRealTime(beans).withBean(Ticker.class, () -> ticker).withBean(ManualTimer.class, () -> timer);
    }

    /** The same by the JVM's clock, for races. */
    static ApplicationContextRunner inRealTime(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        ReactiveResilienceAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        FallbackAutoConfiguration.class,
                        HedgeAutoConfiguration.class,
                        FailoverAutoConfiguration.class))
                .withUserConfiguration(beans);
    }
}

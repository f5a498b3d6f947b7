package io.steadfast.starter;

import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.core.time.Ticker;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTicker;
import io.steadfast.test.ManualTimer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with everything in the starter, and with time in the test's hands. */
final class Steadfast {

    private Steadfast() {}

    static ApplicationContextRunner application(Class<?>... beans) {
        ManualTicker ticker = new ManualTicker();
        ManualTimer timer = new ManualTimer(ticker);
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        ReactiveResilienceAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        FallbackAutoConfiguration.class))
                .withBean(Ticker.class, () -> ticker)
                .withBean(ManualTimer.class, () -> timer)
                .withUserConfiguration(beans);
    }
}

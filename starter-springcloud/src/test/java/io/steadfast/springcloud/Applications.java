package io.steadfast.springcloud;

import io.steadfast.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.core.time.Ticker;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.ReactiveSpringCloudCircuitBreakerAutoConfiguration;
import io.steadfast.springcloud.autoconfigure.SpringCloudCircuitBreakerAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Small applications whose breakers open after two failures, with time in the test's hands. */
final class Applications {

    private Applications() {}

    static ApplicationContextRunner runner() {
        ManualTimer timer = new ManualTimer();
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        ReactiveResilienceAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        SpringCloudCircuitBreakerAutoConfiguration.class,
                        ReactiveSpringCloudCircuitBreakerAutoConfiguration.class))
                .withBean(ManualTimer.class, () -> timer)
                .withBean(Ticker.class, timer::ticker)
                .withPropertyValues(
                        "resilience.circuit-breaker.defaults.sliding-window-type=count-based",
                        "resilience.circuit-breaker.defaults.sliding-window-size=2",
                        "resilience.circuit-breaker.defaults.minimum-number-of-calls=2",
                        "resilience.circuit-breaker.defaults.permitted-number-of-calls-in-half-open-state=1",
                        "resilience.circuit-breaker.defaults.open-jitter=0");
    }
}

package io.steadfast.resilience4j.annotations;

import java.util.List;

import io.steadfast.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.core.time.Ticker;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.steadfast.resilience4j.autoconfigure.Resilience4jAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Applications annotated with resilience4j's annotations, with time in the test's hands. */
final class Application {

    private Application() {}

    static ApplicationContextRunner with(Class<?>... beans) {
        ManualTimer timer = new ManualTimer();
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        Resilience4jAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        FallbackAutoConfiguration.class))
                .withBean(Ticker.class, timer::ticker)
                .withBean(ManualTimer.class, () -> timer)
                .withUserConfiguration(beans);
    }

    /** The policies of a call, outermost first, as {@code kind instance}. */
    static List<String> pipeline(ApplicationContext context, String call) {
        return context.getBean(CallCatalogue.class).find(call).orElseThrow().pipeline().stream()
                .map(policy -> policy.slot().id().toString())
                .toList();
    }

    /** A setting in force. */
    static Object value(ApplicationContext context, String call, String policy, String key) {
        return context.getBean(CallCatalogue.class).find(call).orElseThrow().pipeline().stream()
                .filter(one -> one.slot().id().policy().equals(policy))
                .findFirst()
                .orElseThrow()
                .values()
                .get(key)
                .value();
    }

    /** Why an application has not started. */
    static List<String> problems(AssertableApplicationContext context) {
        for (Throwable link = context.getStartupFailure(); link != null; link = link.getCause()) {
            if (link instanceof InvalidResilienceException refusal) {
                return refusal.problems().stream()
                        .map(problem -> problem.describe())
                        .toList();
            }
        }
        throw new AssertionError("The application was not refused", context.getStartupFailure());
    }
}

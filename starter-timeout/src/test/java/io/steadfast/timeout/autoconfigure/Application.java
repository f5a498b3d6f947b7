package io.steadfast.timeout.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.time.Ticker;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceMetricsAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications with timeouts, with retries and fallbacks beside them, and with time in the test's hands. */
final class Application {

    private Application() {}

    /** Time passes when the test says so. */
    static ApplicationContextRunner with(Class<?>... beans) {
        ManualTimer timer = new ManualTimer();
        return inRealTime(beans).withBean(Ticker.class, timer::ticker).withBean(ManualTimer.class, () -> timer);
    }

    /** Time passes by itself. */
    static ApplicationContextRunner inRealTime(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        ReactiveResilienceAutoConfiguration.class,
                        ResilienceMetricsAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        FallbackAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(RecordingListener.class, RecordingListener::new)
                .withUserConfiguration(beans);
    }

    /** What the gauge shows of an instance. */
    static double stillRunning(MeterRegistry meters, String instance) {
        return meters.get("resilience.timeout.still-running")
                .tag("name", instance)
                .gauge()
                .value();
    }

    /** Why an application has not started, one line a problem. */
    static List<String> problems(AssertableApplicationContext context) {
        for (Throwable link = context.getStartupFailure(); link != null; link = link.getCause()) {
            if (link instanceof InvalidResilienceException refusal) {
                return refusal.problems().stream()
                        .map(problem -> shortened(problem.describe()))
                        .toList();
            }
        }
        throw new AssertionError("The application was not refused", context.getStartupFailure());
    }

    /** A text in which every property of a test comes from "Test". */
    static String shortened(CharSequence text) {
        return text.toString().replaceAll("\"[^\"]*\" from property source \"test\"", "Test");
    }
}

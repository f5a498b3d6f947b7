package io.steadfast.ratelimiter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a limiter's settings must not say beside those of others, or of each other. */
@ExtendWith(OutputCaptureExtension.class)
class RateLimiterRulesTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class,
                    RateLimiterAutoConfiguration.class,
                    TimeoutAutoConfiguration.class))
            .withBean(Maps.class);

    @Test
    void whenACallMayWaitLongerThanItMayLast_thenTheLogWarns_becauseCallsWithMoreTimeMayShareTheLimiter(
            CapturedOutput log) {
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.maps.timeout-duration=3s",
                        "resilience.timeout.instances.maps.total=2s")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(log).contains("it may wait 3s for a permit of the rate limiter, but its total is 2s");
    }

    @Test
    void whenTheWaitFits_thenTheContextStarts() {
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.maps.timeout-duration=2s",
                        "resilience.timeout.instances.maps.total=2s",
                        "resilience.timeout.instances.maps.limit=100ms")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whenStoreSettingsStandBesideALocalScope_thenTheLogSaysSo(CapturedOutput log) {
        application
                .withPropertyValues(
                        "resilience.timeout.instances.maps.total=2s",
                        "resilience.rate-limiter.instances.maps.store-down=open",
                        "resilience.rate-limiter.instances.maps.store-timeout=1s")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(log)
                .contains("has store-down, but its scope is local")
                .contains("has store-timeout, but its scope is local");
    }

    @Test
    void whenKeySettingsAreThereWithoutAKey_thenTheLogSaysSo(CapturedOutput log) {
        application
                .withPropertyValues(
                        "resilience.rate-limiter.instances.maps.max-keys=500",
                        "resilience.rate-limiter.instances.maps.key-idle-time=5m",
                        "resilience.rate-limiter.instances.customers.max-keys=500")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(log).contains("has max-keys, but no key").contains("has key-idle-time, but no key");
        assertThat(log.getOut().split("has max-keys, but no key", -1)).hasSize(2);
    }

    @Test
    void whenKeySettingsStandAmongTheDefaults_thenTheyAreMeantForOthers(CapturedOutput log) {
        application
                .withPropertyValues("resilience.rate-limiter.defaults.max-keys=500")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(log).doesNotContain("but no key");
    }

    static class Maps {

        @RateLimiter("maps")
        @Timeout(value = "maps", total = "1h")
        public void find() {}

        @RateLimiter(value = "customers", key = "#id")
        public void route(String id) {}
    }
}

package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyId;
import io.steadfast.retry.Retry;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Resilient;
import io.steadfast.timeout.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a call may spend has to fit into the time it has. */
@ExtendWith(OutputCaptureExtension.class)
class TimesThatFitTests {

    private static final String LIMIT = "resilience.timeout.instances.stock.limit=";

    private static final String TOTAL = "resilience.timeout.instances.stock.total=";

    private static final String RETRY = "resilience.retry.instances.stock.";

    private final ApplicationContextRunner application = Application.with(Stock.class);

    @Test
    void whenTheLimitIsAboveTheTotal_thenTheStartIsRefused() {
        refused(
                "Call 'stock': one attempt may take 3s, but all of them together only 2500ms (timeout limit = 3s from"
                        + " Test, timeout total = 2500ms from Test) Raise total to 3s or more, or lower limit, or remove one"
                        + " of them.",
                LIMIT + "3s",
                TOTAL + "2500ms");
    }

    @Test
    void whenALimitIsChosenAboveTheStandardTotal_thenTheStartIsRefused() {
        Application.with(Standard.class)
                .withPropertyValues("resilience.timeout.defaults.limit=15s")
                .run(context -> assertThat(Application.problems(context))
                        .containsExactly(
                                "Call 'Standard.find': one attempt may take 15s, but all of them together only 10s (timeout"
                                        + " limit = 15s from Test, timeout total = 10s from standard set of @Resilient) Raise"
                                        + " total to 15s or more, or lower limit, or remove one of them."));
    }

    @Test
    void whenTheAttemptsDoNotFit_thenTheStartIsRefusedSayingHowManyDo() {
        refused(
                "Call 'stock': 3 attempts of up to 2s each may take 6s, waits not counted, but the call is over after 5s:"
                        + " only 2 attempts get to the end (retry max-attempts = 3 from built in, timeout limit = 2s from"
                        + " Test, timeout total = 5s from Test) Set the retry's max-attempts to 2, or total to 6s or more,"
                        + " or limit to 1666ms or less.",
                LIMIT + "2s",
                TOTAL + "5s");
        refused(
                "Call 'stock': 4 attempts of up to 2s each may take 8s, waits not counted, but the call is over after 3s:"
                        + " only 1 attempt gets to the end (retry max-attempts = 4 from Test, timeout limit = 2s from Test,"
                        + " timeout total = 3s from Test) Set the retry's max-attempts to 1, or total to 8s or more, or limit"
                        + " to 750ms or less.",
                LIMIT + "2s",
                TOTAL + "3s",
                RETRY + "max-attempts=4");
    }

    @Test
    void whenTheAttemptsFitExactly_thenTheApplicationStarts() {
        starts(LIMIT + "2s", TOTAL + "6s");
        starts(LIMIT + "2s", TOTAL + "2s", RETRY + "max-attempts=1");
        starts(LIMIT + "2s", TOTAL + "5s", RETRY + "enabled=false");
    }

    @Test
    void whenOnlyOneOfTheTwoLimitsIsChosen_thenAttemptsNeedNotFit() {
        Application.with(Standard.class)
                .withPropertyValues("resilience.retry.defaults.max-attempts=9")
                .run(context -> assertThat(context).hasNotFailed());
        starts(TOTAL + "1s");
        starts(LIMIT + "1s", RETRY + "max-attempts=100");
    }

    @Test
    void whenRetriesMayStartAfterTheTotal_thenTheStartIsRefused() {
        refused(
                "Call 'stock': retries may start until 8s after the call did, but the call is over after 5s (retry"
                        + " max-duration = 8s from Test, timeout total = 5s from Test) Remove the retry's max-duration,"
                        + " because total bounds retries too; or set it to 5s or less; or raise total.",
                TOTAL + "5s",
                RETRY + "max-duration=8s");
        starts(TOTAL + "5s", RETRY + "max-duration=5s");
    }

    @Test
    void whenAChosenWaitBeforeTheFirstRetryDoesNotFit_thenTheStartIsRefused() {
        refused(
                "Call 'stock': the wait before the first retry may be 2s, but the call is over after 2s, so it may never be"
                        + " retried (retry wait-duration = 2s from Test, timeout total = 2s from Test) Set the retry's"
                        + " wait-duration to a part of total, or raise total.",
                TOTAL + "2s",
                RETRY + "wait-duration=2s");
        starts(TOTAL + "2s", RETRY + "wait-duration=1999ms");
        starts(TOTAL + "2s", RETRY + "wait-duration=3s", RETRY + "max-attempts=1");
    }

    @Test
    void whenTheBuiltInWaitBeforeTheFirstRetryDoesNotFit_thenTheLogWarns(CapturedOutput output) {
        starts(TOTAL + "80ms");

        assertThat(Application.shortened(output))
                .contains(
                        "Call 'stock': the wait before the first retry may be 100ms, but the call is over after 80ms, so it"
                                + " may never be retried (retry wait-duration = 100ms from built in, timeout total = 80ms from Test)");
    }

    @Test
    void whenTheOrderTurnsTheLimitsAround_thenTheLogWarns(CapturedOutput output) {
        starts(LIMIT + "1s", TOTAL + "20s", "resilience.order=timeout,retry,timeout.total");
        assertThat(output)
                .contains("limit bounds all attempts together and not each one")
                .contains("total bounds each attempt and not all together");
    }

    @Test
    void whenTheTotalIsInsideTheRetry_thenItBoundsNoRetries() {
        starts(
                TOTAL + "2s",
                LIMIT + "1s",
                RETRY + "max-duration=1m",
                RETRY + "wait-duration=5s",
                "resilience.order=retry,timeout.total,timeout");
    }

    @Test
    void whenTheWaitForAPermitIsNotShorterThanTheLimitAroundIt_thenTheLogWarns(CapturedOutput output) {
        application
                .withBean(RateLimiters.class)
                .withBean(Bulkheads.class)
                .withUserConfiguration(Limited.class)
                .withPropertyValues(
                        "resilience.timeout.instances.limited.total=2s",
                        "resilience.timeout.instances.limited.limit=500ms",
                        "resilience.rate-limiter.instances.limited.timeout-duration=2s",
                        "resilience.bulkhead.instances.limited.max-wait-duration=600ms",
                        TOTAL + "5s")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(Application.shortened(output))
                .contains(
                        "Call 'limited': it may wait 2s for a permit of the rate limiter, but its total is 2s, where the wait"
                                + " ends and the call is refused (rate-limiter timeout-duration = 2s from Test, timeout total = 2s"
                                + " from Test) Lower timeout-duration, or raise total; all is well if calls with more time share this"
                                + " rate-limiter.")
                .contains(
                        "Call 'limited': it may wait 600ms for a place in the bulkhead, but its limit is 500ms, where the"
                                + " wait ends and the call is refused (bulkhead max-wait-duration = 600ms from Test, timeout limit ="
                                + " 500ms from Test) Lower max-wait-duration, or raise limit; all is well if calls with more time"
                                + " share this bulkhead.");
    }

    @Test
    void whenWaitsAreShorterOrBuiltIn_thenTheLogSaysNothing(CapturedOutput output) {
        application
                .withBean(RateLimiters.class)
                .withBean(Bulkheads.class)
                .withUserConfiguration(Limited.class)
                .withPropertyValues(
                        "resilience.timeout.instances.limited.total=2s",
                        "resilience.bulkhead.instances.limited.max-wait-duration=1999ms",
                        TOTAL + "5s")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("Call 'limited'");
    }

    @Test
    void whenValidationIsLenient_thenTheLogWarnsAndTheTotalHoldsAlone(CapturedOutput output) {
        application
                .withPropertyValues(LIMIT + "3s", TOTAL + "2s", "resilience.validation=lenient")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("Call 'stock': one attempt may take 3s, but all of them together only 2s");
    }

    private void refused(String text, String... properties) {
        application
                .withPropertyValues(properties)
                .run(context -> assertThat(Application.problems(context)).containsExactly(text));
    }

    private void starts(String... properties) {
        application
                .withPropertyValues(properties)
                .run(context -> assertThat(context).hasNotFailed());
    }

    static class Stock {

        @Timeout("stock")
        @Retry("stock")
        public String find() {
            return "found";
        }
    }

    static class Standard {

        @Resilient
        public String find() {
            return "found";
        }
    }

    static class Limited {

        @Timeout("limited")
        @RateLimiter("limited")
        @Bulkhead("limited")
        public String find() {
            return "found";
        }
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface RateLimiter {
        String value();
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Bulkhead {
        String value();
    }

    /** As much of a rate limiter as the rule looks at. */
    static final class RateLimiters implements PolicyProvider<RateLimiter, RateLimiters.Settings> {

        @Override
        public String policy() {
            return "rate-limiter";
        }

        @Override
        public Class<RateLimiter> annotation() {
            return RateLimiter.class;
        }

        @Override
        public Class<Settings> settings() {
            return Settings.class;
        }

        @Override
        public Policy create(PolicyRequest<RateLimiter, Settings> request) {
            return new Open(request.id());
        }

        public static class Settings {

            private Duration timeoutDuration = Duration.ofSeconds(5);

            public Duration getTimeoutDuration() {
                return timeoutDuration;
            }

            public void setTimeoutDuration(Duration timeoutDuration) {
                this.timeoutDuration = timeoutDuration;
            }
        }
    }

    /** As much of a bulkhead as the rule looks at. */
    static final class Bulkheads implements PolicyProvider<Bulkhead, Bulkheads.Settings> {

        @Override
        public String policy() {
            return "bulkhead";
        }

        @Override
        public Class<Bulkhead> annotation() {
            return Bulkhead.class;
        }

        @Override
        public Class<Settings> settings() {
            return Settings.class;
        }

        @Override
        public Policy create(PolicyRequest<Bulkhead, Settings> request) {
            return new Open(request.id());
        }

        public static class Settings {

            private @Nullable Duration maxWaitDuration;

            public @Nullable Duration getMaxWaitDuration() {
                return maxWaitDuration;
            }

            public void setMaxWaitDuration(@Nullable Duration maxWaitDuration) {
                this.maxWaitDuration = maxWaitDuration;
            }
        }
    }

    record Open(PolicyId id) implements Gate, Permit {

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {}

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {}

        @Override
        public void abandoned(Call call) {}
    }
}

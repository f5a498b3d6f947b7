package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BreakerConfigTests {

    @Test
    void whenNothingIsSaid_thenTheDefaultsAreThoseOfTheDesign() {
        BreakerConfig defaults = BreakerConfig.defaults();
        assertThat(defaults.window())
                .isEqualTo(new SlidingWindow(
                        SlidingWindowType.TIME_BASED, 10, 20, SlidingWindowSynchronizationStrategy.SYNCHRONIZED));
        assertThat(defaults.failureRateThreshold()).isEqualTo(50);
        assertThat(defaults.slowCalls()).isEqualTo(new SlowCalls(null, 100));
        assertThat(defaults.openTime())
                .isEqualTo(
                        new OpenTime(Duration.ofSeconds(5), Duration.ofSeconds(60), 0.2, false, Duration.ofSeconds(2)));
        assertThat(defaults.trials()).isEqualTo(new Trials(5, Duration.ofSeconds(10), State.OPEN));
        assertThat(defaults.initialState()).isEqualTo(State.CLOSED);
        assertThat(defaults.writableStackTrace()).isFalse();
    }

    @Test
    void whenASmallWindowOfCallsIsAskedFor_thenItIsJudgedWhenItIsFull() {
        BreakerConfig config = BreakerConfig.builder()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(10)
                .build();
        assertThat(config.window().minimumNumberOfCalls()).isEqualTo(10);
    }

    @Test
    void whenOnlyALongFirstWaitIsAskedFor_thenTheMaxFollows() {
        BreakerConfig config = BreakerConfig.builder()
                .waitDurationInOpenState(Duration.ofMinutes(2))
                .build();
        assertThat(config.openTime().max()).isEqualTo(Duration.ofMinutes(2));
    }

    @TestFactory
    Stream<DynamicTest> whenASettingMakesNoSense_thenItIsRefusedByItsKey() {
        return Stream.of(
                refused("sliding-window-size must be between 1", with -> with.slidingWindowSize(0)),
                refused("sliding-window-size must be between 1", with -> with.slidingWindowSize(1_000_001)),
                refused("minimum-number-of-calls must be at least 1", with -> with.minimumNumberOfCalls(0)),
                refused(
                        "sliding-window-size and minimum-number-of-calls contradict each other",
                        with -> with.slidingWindowType(SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(5)
                                .minimumNumberOfCalls(6)),
                refused(
                        "sliding-window-size and sliding-window-synchronization-strategy contradict each other",
                        with -> with.slidingWindowSize(1)
                                .slidingWindowSynchronizationStrategy(SlidingWindowSynchronizationStrategy.LOCK_FREE)),
                refused("failure-rate-threshold must be above 0", with -> with.failureRateThreshold(0)),
                refused("failure-rate-threshold must be above 0", with -> with.failureRateThreshold(100.5f)),
                refused("failure-rate-threshold must be above 0", with -> with.failureRateThreshold(Float.NaN)),
                refused("slow-call-rate-threshold must be above 0", with -> with.slowCallRateThreshold(-1)),
                refused(
                        "slow-call-duration-threshold must be longer than zero",
                        with -> with.slowCallDurationThreshold(Duration.ZERO)),
                refused(
                        "slow-call-duration-threshold must not be longer than 10 years",
                        with -> with.slowCallDurationThreshold(Duration.ofSeconds(Long.MAX_VALUE))),
                refused(
                        "wait-duration-in-open-state must be at least 1 ms",
                        with -> with.waitDurationInOpenState(Duration.ofNanos(999_999))),
                refused(
                        "wait-duration-in-open-state and max-wait-duration-in-open-state contradict each other",
                        with -> with.maxWaitDurationInOpenState(Duration.ofSeconds(4))),
                refused(
                        "max-wait-duration-in-open-state must not be longer than 10 years",
                        with -> with.maxWaitDurationInOpenState(Duration.ofSeconds(Long.MAX_VALUE))),
                refused(
                        "probe-interval-in-open-state must be between 0 (no probes) and 10 years, but is -1ms",
                        with -> with.probeIntervalInOpenState(Duration.ofMillis(-1))),
                refused("open-jitter must be between 0.0 and 1.0", with -> with.openJitter(1.1)),
                refused("open-jitter must be between 0.0 and 1.0", with -> with.openJitter(Double.NaN)),
                refused(
                        "permitted-number-of-calls-in-half-open-state must be between 1",
                        with -> with.permittedNumberOfCallsInHalfOpenState(0)),
                refused(
                        "max-wait-duration-in-half-open-state must be longer than zero",
                        with -> with.maxWaitDurationInHalfOpenState(Duration.ZERO)),
                refused(
                        "transition-to-state-after-wait-duration must be open or closed, but is forced-open",
                        with -> with.transitionToStateAfterWaitDuration(State.FORCED_OPEN)),
                refused(
                        "record-exceptions and ignore-exceptions both name java.io.IOException",
                        with -> with.recordExceptions(IOException.class).ignoreExceptions(IOException.class)));
    }

    @Test
    void whenSeveralSettingsMakeNoSense_thenAllAreRefusedAtOnce() {
        assertThatThrownBy(() -> BreakerConfig.builder()
                        .failureRateThreshold(0)
                        .openJitter(2)
                        .slidingWindowSize(0)
                        .build())
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refusal -> assertThat(refusal.problems())
                                .flatExtracting(InvalidSettingsException.Problem::keys)
                                .containsExactly("sliding-window-size", "failure-rate-threshold", "open-jitter"));
    }

    @Test
    void whenListsAreGivenAsLists_thenTheyAreTaken() {
        BreakerConfig config = BreakerConfig.builder()
                .recordExceptions(List.of(IOException.class))
                .ignoreExceptions(List.of(IllegalStateException.class))
                .build();
        assertThat(config.counting().exceptions().includes()).containsExactly(IOException.class);
        assertThat(config.counting().exceptions().excludes()).containsExactly(IllegalStateException.class);
    }

    private static DynamicTest refused(String message, UnaryOperator<BreakerConfigBuilder> change) {
        return DynamicTest.dynamicTest(
                message,
                () -> assertThatThrownBy(
                                () -> change.apply(BreakerConfig.builder()).build())
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessageContaining(message));
    }
}

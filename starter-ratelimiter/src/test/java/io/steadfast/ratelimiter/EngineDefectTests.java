package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import org.junit.jupiter.api.Test;

/** What resilience4j's limiter (2.4.0) gets wrong, and ours beside it. That it parks is shown in {@link EventLoopTests}. */
class EngineDefectTests {

    private static final long SECOND = 1_000_000_000;

    private long now = -7;

    private final AtomicRateLimiter engine = engine(10, SECOND);

    private final LiveCounter ours = new LiveCounter(10, SECOND, 2 * SECOND, now);

    private AtomicRateLimiter engine(int limit, long periodNanos) {
        return new AtomicRateLimiter(
                "engine",
                RateLimiterConfig.custom()
                        .limitForPeriod(limit)
                        .limitRefreshPeriod(Duration.ofNanos(periodNanos))
                        .timeoutDuration(Duration.ofSeconds(2))
                        .build(),
                () -> now);
    }

    @Test
    void whenDrainedWhileCallsWait_thenTheEngineForgetsThemAndOursDoesNot() {
        for (int call = 0; call < 13; call++) {
            engine.reservePermission(1);
            ours.ask(now, 1);
        }
        engine.drainPermissions();
        ours.counter.drain(now);
        now += SECOND;
        assertThat(engine.getMetrics().getAvailablePermissions())
                .as("three wait for these")
                .isEqualTo(10);
        assertThat(ours.available(now)).isEqualTo(7);
    }

    @Test
    void whenDrainedInALaterPeriod_thenTheEngineTakesWhatWasLeftOfAnEarlierOne() {
        engine.reservePermission(8);
        ours.ask(now, 8);
        now += SECOND;
        engine.drainPermissions();
        ours.counter.drain(now);
        assertThat(engine.getMetrics().getAvailablePermissions()).isEqualTo(8);
        assertThat(ours.available(now)).isZero();
    }

    @Test
    void whenPeriodsAreShortAndLimitsHigh_thenTheEngineOverflowsAfterSecondsAndOursDoesNot() {
        AtomicRateLimiter vast = engine(Integer.MAX_VALUE, 1);
        LiveCounter ourVast = new LiveCounter(Integer.MAX_VALUE, 1, 0, now);
        now += 5 * SECOND;
        assertThat(vast.getMetrics().getAvailablePermissions()).isNotEqualTo(Integer.MAX_VALUE);
        assertThat(ourVast.available(now)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whenACallThatWaitsGivesUp_thenOnlyOursGetsItsPermitsBack() {
        engine.reservePermission(10);
        ours.ask(now, 10);
        assertThat(engine.reservePermission(4)).isPositive();
        ours.counter.reserve(now, 4, SECOND * 2).giveBack();
        assertThat(engine.getMetrics().getAvailablePermissions())
                .as("there is no way to say so")
                .isEqualTo(-4);
        assertThat(ours.available(now)).isZero();
    }
}

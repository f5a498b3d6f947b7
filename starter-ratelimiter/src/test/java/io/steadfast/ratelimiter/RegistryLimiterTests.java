package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.micrometer.tagged.TaggedRateLimiterMetrics;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

/** What resilience4j's own tools see of our limiters, and what they can do with them. */
class RegistryLimiterTests {

    private final ManualTimer timer = new ManualTimer();

    private final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE);

    private final RateLimiterRegistry registry =
            RateLimiterRegistry.custom().withTags(Map.of("team", "maps")).build();

    private final RateLimiterPolicy policy = register("geocoder", Duration.ofSeconds(2));

    private final RateLimiter limiter = registry.find("geocoder").orElseThrow();

    private final Call call = Call.of("geocoder");

    private RateLimiterPolicy register(String name, Duration timeout) {
        LimiterConfig config = LimiterConfig.builder()
                .limitForPeriod(10)
                .timeoutDuration(timeout)
                .build();
        return new RateLimiterPolicy(new PolicyId(RateLimiterPolicy.KIND, name), config, runtime, registry);
    }

    @Test
    void whenRegistered_thenTheRegistryHasOurLimiterWithItsSettingsAndTags() {
        assertThat(registry.getAllRateLimiters()).containsExactly(limiter);
        assertThat(registry.rateLimiter("geocoder")).isSameAs(limiter);
        assertThat(limiter.getName()).isEqualTo("geocoder");
        assertThat(limiter.getTags()).containsExactly(Map.entry("team", "maps"));
        assertThat(limiter.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(10);
        assertThat(limiter.getRateLimiterConfig().getLimitRefreshPeriod()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.getRateLimiterConfig().getTimeoutDuration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(limiter).hasToString("RateLimiter 'geocoder' of Steadfast");
    }

    @Test
    void whenTheRegistryHoldsSomebodyElsesLimiterOfThatName_thenItIsRefused() {
        RateLimiter theirs = registry.rateLimiter("theirs");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> register("theirs", Duration.ZERO))
                .withMessageContaining("already holds a rate limiter named 'theirs'");
        assertThat(registry.find("theirs")).containsSame(theirs);
    }

    @Test
    void whenSomebodyFollowsTheRegistry_thenTheyEndUpWithOurLimiter() {
        List<RateLimiter> present = new ArrayList<>();
        registry.getEventPublisher()
                .onEntryAdded(event -> present.add(event.getAddedEntry()))
                .onEntryReplaced(event -> {
                    present.remove(event.getOldEntry());
                    present.add(event.getNewEntry());
                });
        register("followed", Duration.ZERO);
        assertThat(present).containsExactly(registry.find("followed").orElseThrow());
    }

    @Test
    void whenMetersAreBound_thenTheyReadOurNumbers() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TaggedRateLimiterMetrics.ofRateLimiterRegistry(registry).bindTo(meters);
        for (int i = 0; i < 12; i++) {
            policy.acquire(call);
        }
        assertThat(meters.get("resilience4j.ratelimiter.available.permissions")
                        .gauge()
                        .value())
                .isEqualTo(-2);
        assertThat(meters.get("resilience4j.ratelimiter.waiting_threads")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void whenTheLimitIsChangedThere_thenItHoldsForCallsHereWithAKeyToo() {
        for (int i = 0; i < 10; i++) {
            policy.acquire(call);
            policy.acquire(Bench.call(1, "ann"));
        }
        limiter.changeLimitForPeriod(11);
        assertThat(limiter.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(11);
        assertThat(policy.snapshot()).containsEntry("limit-for-period", 11).containsEntry("available", 1L);
        assertThat(policy.acquire(call)).isNotInstanceOf(Reservation.class);
        assertThat(policy.acquire(call)).isInstanceOf(Reservation.class);
        assertThat(policy.acquire(Bench.call(1, "ann"))).isNotInstanceOf(Reservation.class);
        assertThat(policy.acquire(Bench.call(1, "ann"))).isInstanceOf(Reservation.class);
    }

    @Test
    void whenTheTimeoutIsChangedThere_thenItHoldsForCallsHere() {
        limiter.drainPermissions();
        limiter.changeTimeoutDuration(Duration.ZERO);
        assertThat(limiter.getRateLimiterConfig().getTimeoutDuration()).isZero();
        assertThat(limiter.acquirePermission()).isFalse();
        assertThatExceptionOfType(RateLimitedException.class).isThrownBy(() -> policy.acquire(call));
    }

    @Test
    void whenAChangeMakesNoSense_thenItIsRefusedAndNothingChanges() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> limiter.changeLimitForPeriod(0));
        assertThat(limiter.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(10);
        assertThat(policy.snapshot()).containsEntry("limit-for-period", 10);
    }

    @Test
    void whenUsedByHand_thenPermitsComeFromTheSameLimit() {
        assertThat(limiter.acquirePermission(4)).isTrue();
        assertThat(limiter.reservePermission(6)).isZero();
        assertThat(policy.snapshot()).containsEntry("available", 0L);
        assertThat(limiter.reservePermission(3)).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(limiter.reservePermission(30)).isEqualTo(-1);
        assertThat(limiter.getMetrics().getNumberOfWaitingThreads()).isZero();
        assertThat(limiter.getMetrics().getAvailablePermissions()).isEqualTo(-3);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> limiter.acquirePermission(-1));
    }

    @Test
    void whenUsedByHandAndPermitsComeLater_thenTheCallerSleepsUntilThen() {
        limiter.acquirePermission(10);
        assertThat(limiter.acquirePermission(5)).isTrue();
        assertThat(timer.sleeps()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void whenUsedByHandAndPermitsComeTooLate_thenTheCallerIsNotKept() {
        limiter.acquirePermission(10);
        assertThat(limiter.acquirePermission(21)).isFalse();
        assertThat(timer.sleeps()).isEmpty();
        assertThatExceptionOfType(RequestNotPermitted.class)
                .isThrownBy(() -> RateLimiter.waitForPermission(limiter, 21));
    }

    @Test
    void whenInterruptedWhileWaitingByHand_thenPermitsAreGivenBackAndTheFlagIsKept() {
        limiter.acquirePermission(10);
        Thread.currentThread().interrupt();
        assertThat(limiter.acquirePermission(5)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(limiter.getMetrics().getAvailablePermissions()).isZero();
        assertThat(limiter.getMetrics().getNumberOfWaitingThreads()).isZero();
    }

    @Test
    void whenSomebodyListens_thenTheyHearWhatTheEngineWouldTell() {
        List<String> heard = new ArrayList<>();
        limiter.getEventPublisher()
                .onSuccess(event -> heard.add("in"))
                .onFailure(event -> heard.add("out"))
                .onEvent(event -> heard.add(text(event)));
        policy.acquire(Bench.call(8, null));
        policy.acquire(Bench.call(3, null));
        limiter.acquirePermission(30);
        timer.advance(Duration.ofSeconds(1));
        limiter.drainPermissions();
        assertThat(heard)
                .containsExactly(
                        "SUCCESSFUL_ACQUIRE 8",
                        "in",
                        "SUCCESSFUL_ACQUIRE 3",
                        "in",
                        "FAILED_ACQUIRE 30",
                        "out",
                        "DRAINED 9");
    }

    @Test
    void whenAListenerFails_thenTheCallDoesNot() {
        limiter.getEventPublisher().onEvent(event -> {
            throw new IllegalStateException("broken listener");
        });
        policy.acquire(call);
        assertThat(policy.snapshot()).containsEntry("available", 9L);
    }

    private static String text(RateLimiterEvent event) {
        return event.getEventType() + " " + event.getNumberOfPermits();
    }
}

package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.steadfast.core.Permit;
import org.junit.jupiter.api.Test;

class OpenStateTests {

    @Test
    void whenOpen_thenTheRefusalSaysWhenTheNextTrialIsDue() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        bench.advance(Duration.ofMillis(1200));
        assertThat(bench.refusal())
                .hasMessage("Call 'stock' was refused: its circuit breaker is open; try again in 3800 ms")
                .satisfies(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMillis(3800)));
        assertThat(bench.breaker.snapshot()).containsEntry("retry-after", "3800ms");
    }

    @Test
    void whenAskedForASnapshot_thenItSaysSinceWhenAndUntilWhenTheBreakerIsOpen() {
        Bench bench = new Bench(Bench.small());
        Instant closed = instant(bench, "state-since");
        bench.advance(Duration.ofSeconds(30));
        bench.trip();
        bench.advance(Duration.ofMillis(1200));

        assertThat(instant(bench, "state-since")).isEqualTo(closed.plusSeconds(30));
        assertThat(instant(bench, "next-trial")).isEqualTo(closed.plusSeconds(35));

        bench.advance(Duration.ofSeconds(4));
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
        assertThat(instant(bench, "state-since")).isAfter(closed.plusSeconds(30));
        assertThat(bench.breaker.snapshot()).doesNotContainKey("next-trial");
    }

    private static Instant instant(Bench bench, String key) {
        return Instant.parse(String.valueOf(bench.breaker.snapshot().get(key)));
    }

    @Test
    void whenTheSaidTimeHasPassed_thenATrialIsLetIn() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        bench.advance(bench.refusal().retryAfter().orElseThrow().minusNanos(1));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofNanos(1));
        assertThat(bench.isRefused()).isFalse();
        assertThat(bench.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenItTripsAgainAndAgain_thenTheOpenTimeDoublesUpToTheMaxAndClosingResetsIt() {
        Bench bench = new Bench(Bench.small().permittedNumberOfCallsInHalfOpenState(1));
        bench.trip();
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            assertThat(bench.refusal().retryAfter()).contains(Duration.ofSeconds(seconds));
            bench.advance(Duration.ofSeconds(seconds));
            bench.fail();
        }
        assertThat(bench.breaker.snapshot()).containsEntry("trips", 7L);
        bench.advance(Duration.ofSeconds(60));
        bench.succeed();
        bench.trip();
        assertThat(bench.refusal().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void whenOpenedFromOutside_thenItIsNoticedAndAnnouncedOnce() {
        Bench bench = new Bench(Bench.small());
        bench.engine().transitionToOpenState();
        assertThat(bench.refusal().retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(bench.isRefused()).isTrue();
        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN");
    }

    @Test
    void whenOpenedFromOutsideForATime_thenThatTimeHoldsThoughNobodyKnowsIt() {
        Bench bench = new Bench(Bench.small());
        List<CircuitBreakerEvent.Type> heard = new ArrayList<>();
        bench.engine().getEventPublisher().onCallNotPermitted(event -> heard.add(event.getEventType()));
        bench.engine().transitionToOpenStateFor(Duration.ofMinutes(3));
        assertThat(bench.refusal().retryAfter()).isEmpty();
        assertThat(heard).as("refusals heard of").hasSize(1);
        assertThat(bench.breaker.snapshot()).doesNotContainKey("retry-after");
        bench.advance(Duration.ofMinutes(3));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.isRefused()).isFalse();
        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN", "OPEN > HALF_OPEN");
    }

    @Test
    void whenOpenedFromOutsideUntilATimeOfDay_thenTheEnginesClockTellsTheTimeOfDay() {
        Bench bench = new Bench(Bench.small());
        bench.engine().transitionToOpenStateUntil(Instant.now().plus(Duration.ofMinutes(3)));
        bench.advance(Duration.ofMinutes(2));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofMinutes(2));
        assertThat(bench.isRefused()).isFalse();
    }

    @Test
    void whenAutomatic_thenItIsHalfOpenWithoutACall() {
        Bench bench = new Bench(Bench.small().automaticTransitionFromOpenToHalfOpenEnabled(true));
        bench.tripAndWait();
        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN", "OPEN > HALF_OPEN");
    }

    @Test
    void whenAutomaticAndTheTimerRejects_thenTheNextCallMakesItHalfOpen() {
        Bench bench = new Bench(Bench.small().automaticTransitionFromOpenToHalfOpenEnabled(true));
        bench.timer.rejectTasks();
        bench.tripAndWait();
        assertThat(bench.isRefused()).isFalse();
    }

    @Test
    void whenNotAutomatic_thenLookingDoesNotChangeIt() {
        Bench bench = new Bench(Bench.small());
        bench.tripAndWait();
        assertThat(bench.breaker.snapshot()).containsEntry("state", "OPEN").containsEntry("retry-after", "0s");
    }

    @Test
    void whenOutcomesComeLate_thenAnOpenBreakerDoesNotCountThem() {
        Bench bench = new Bench(Bench.small());
        Permit late = bench.acquire();
        bench.trip();
        bench.succeed(late);
        assertThat(bench.breaker.snapshot()).containsEntry("buffered-calls", 4).containsEntry("failure-rate", 100f);
    }

    @Test
    void whenAnOperatorForcesItOpen_thenNothingIsLetInAndNobodyKnowsUntilWhen() {
        Bench bench = new Bench(Bench.small());
        bench.breaker.forceOpen();
        bench.advance(Duration.ofDays(1));
        assertThat(bench.refusal())
                .hasMessage("Call 'stock' was refused: its circuit breaker is forced-open")
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEmpty());
        bench.breaker.reset();
        assertThat(bench.isRefused()).isFalse();
        assertThat(bench.transitions()).containsExactly("CLOSED > FORCED_OPEN", "FORCED_OPEN > CLOSED");
        assertThat(bench.listener.events())
                .allSatisfy(event -> assertThat(event.detail()).isEqualTo("set from outside"));
    }

    @Test
    void whenAnOperatorForcesItClosed_thenItCountsButNeverOpens() {
        Bench bench = new Bench(Bench.small());
        bench.breaker.forceClosed();
        bench.trip();
        assertThat(bench.isRefused()).isFalse();
        assertThat(bench.breaker.snapshot())
                .containsEntry("state", "METRICS_ONLY")
                .containsEntry("failed-calls", 4);
    }

    @Test
    void whenItBeginsDisabled_thenItCountsNothing() {
        Bench bench = new Bench(Bench.small().initialState(State.DISABLED));
        bench.trip();
        assertThat(bench.breaker.snapshot()).containsEntry("state", "DISABLED").containsEntry("buffered-calls", 0);
    }

    @Test
    void whenItBeginsOpen_thenTrialsFollowAfterTheOpenTime() {
        Bench bench = new Bench(Bench.small().initialState(State.OPEN));
        assertThat(bench.refusal().retryAfter()).contains(Duration.ofSeconds(5));
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.isRefused()).isFalse();
    }
}

package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Permit;
import org.junit.jupiter.api.Test;

/** Settings change while calls are out; the breaker of the bench shares its state with its successors. */
class BreakerSuccessionTests {

    private static CircuitBreakerPolicy change(Bench bench, BreakerConfigBuilder settings) {
        CircuitBreakerPolicy next = bench.breaker.successor(settings.build());
        next.takeOver();
        return next;
    }

    private static Duration retryAfter(Bench bench) {
        CircuitOpenException refusal = bench.refusal();
        return refusal == null ? null : refusal.retryAfter().orElse(null);
    }

    @Test
    void whenItIsOpen_thenItWaitsForTheRestOfItsTime() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        bench.advance(Duration.ofSeconds(3));

        change(bench, Bench.small().waitDurationInOpenState(Duration.ofSeconds(30)));

        assertThat(retryAfter(bench)).isEqualTo(Duration.ofSeconds(2));
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.isRefused()).isFalse();
        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN", "OPEN > HALF_OPEN");
    }

    @Test
    void whenTheNewWaitIsShorter_thenItWaitsNoLongerThanThatAndTheRowOfTripsGoesOn() {
        Bench bench = new Bench(Bench.small());
        bench.tripAndWait();
        bench.fail();
        bench.fail();
        bench.fail();
        assertThat(retryAfter(bench)).isEqualTo(Duration.ofSeconds(10));

        change(bench, Bench.small().waitDurationInOpenState(Duration.ofSeconds(1)));

        assertThat(retryAfter(bench)).isEqualTo(Duration.ofSeconds(2));
        bench.advance(Duration.ofSeconds(2));
        bench.fail();
        bench.fail();
        bench.fail();
        assertThat(retryAfter(bench)).as("the third in a row").isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whenItIsToBecomeHalfOpenByItself_thenItDoesAlthoughItOpenedBefore() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        change(bench, Bench.small().automaticTransitionFromOpenToHalfOpenEnabled(true));

        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN", "OPEN > HALF_OPEN");
    }

    @Test
    void whenItWasOpenedFromOutsideForATime_thenTheEngineStillSaysWhenItEnds() {
        Bench bench = new Bench(Bench.small());
        bench.engine().transitionToOpenStateFor(Duration.ofSeconds(20));

        change(bench, Bench.small().waitDurationInOpenState(Duration.ofSeconds(1)));

        bench.advance(Duration.ofSeconds(19));
        assertThat(bench.isRefused()).isTrue();
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.isRefused()).isFalse();
    }

    @Test
    void whenItIsHalfOpen_thenItsTrialsBeginAnewAndEarlierOnesDecideNothing() {
        Bench bench = new Bench(Bench.small());
        bench.tripAndWait();
        List<Permit> early = List.of(bench.acquire(), bench.acquire(), bench.acquire());

        CircuitBreakerPolicy next = change(bench, Bench.small().permittedNumberOfCallsInHalfOpenState(2));

        assertThat(next.snapshot()).containsEntry("state", "HALF_OPEN").containsEntry("trials-left", 2);
        early.forEach(bench::fail);
        assertThat(next.snapshot()).containsEntry("state", "HALF_OPEN").containsEntry("trials-left", 2);
        bench.succeed();
        bench.succeed();
        assertThat(next.state()).isEqualTo("CLOSED");
    }

    @Test
    void whenSomebodyHasSetTheState_thenItStays() {
        for (State state : List.of(State.FORCED_OPEN, State.DISABLED, State.METRICS_ONLY)) {
            Bench bench = new Bench(Bench.small());
            switch (state) {
                case FORCED_OPEN -> bench.breaker.forceOpen();
                case METRICS_ONLY -> bench.breaker.forceClosed();
                default -> bench.engine().transitionToDisabledState();
            }
            CircuitBreakerPolicy next = change(bench, Bench.small().failureRateThreshold(10));
            bench.advance(Duration.ofMinutes(5));
            assertThat(next.state()).isEqualTo(state.name());
        }
    }

    @Test
    void whenTheWindowIsOfTheSameKindAndSize_thenItsCallsCountByTheNewThreshold() {
        for (SlidingWindowType type : SlidingWindowType.values()) {
            Bench bench = new Bench(Bench.small().slidingWindowType(type).failureRateThreshold(100));
            bench.fail();
            bench.fail();
            bench.succeed();
            CircuitBreakerPolicy next =
                    change(bench, Bench.small().slidingWindowType(type).failureRateThreshold(50));
            assertThat(next.snapshot()).containsEntry("buffered-calls", 3).containsEntry("failed-calls", 2);

            bench.succeed();

            assertThat(next.state()).isEqualTo("OPEN");
        }
    }

    @Test
    void whenTheWindowIsAnother_thenItIsEmpty() {
        for (BreakerConfigBuilder other : List.of(
                Bench.small().slidingWindowSize(5), Bench.small().slidingWindowType(SlidingWindowType.TIME_BASED))) {
            Bench bench = new Bench(Bench.small());
            bench.fail();
            bench.fail();
            bench.fail();

            CircuitBreakerPolicy next = change(bench, other);

            assertThat(next.snapshot()).containsEntry("buffered-calls", 0);
            bench.fail();
            assertThat(next.state()).isEqualTo("CLOSED");
        }
    }

    @Test
    void whenCallsOfBeforeEnd_thenTheyDecideNothing() {
        Bench bench = new Bench(Bench.small());
        List<Permit> early = List.of(bench.acquire(), bench.acquire(), bench.acquire(), bench.acquire());

        CircuitBreakerPolicy next = change(bench, Bench.small().failureRateThreshold(10));
        early.forEach(bench::fail);

        assertThat(next.snapshot()).containsEntry("state", "CLOSED").containsEntry("buffered-calls", 0);
    }

    @Test
    void whenTheChangeIsCalledOff_thenNothingHasChanged() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        Object shown = bench.engine().getCircuitBreakerConfig();

        bench.breaker.successor(
                Bench.small().waitDurationInOpenState(Duration.ofMillis(1)).build());

        assertThat(retryAfter(bench)).isEqualTo(Duration.ofSeconds(5));
        assertThat(bench.engine().getCircuitBreakerConfig()).isSameAs(shown);
    }

    @Test
    void whenSettingsChange_thenTheRegistryShowsThemOnTheSameBreakerAndListenersStay() {
        Bench bench = new Bench(Bench.small());
        var engine = bench.engine();
        List<String> heard = new ArrayList<>();
        engine.getEventPublisher()
                .onEvent(event -> heard.add(event.getEventType().name()));
        bench.breaker.recordTo(new CallRecorder() {
            @Override
            public void ended(CountedAs as, long elapsedNanos) {
                heard.add("recorded " + as);
            }

            @Override
            public void refused() {}
        });

        CircuitBreakerPolicy next =
                change(bench, Bench.small().failureRateThreshold(30).slidingWindowSize(77));
        next.acquire(bench.call).succeeded(bench.call, 0, "ok");

        assertThat(bench.engine()).isSameAs(engine);
        assertThat(engine.getCircuitBreakerConfig().getFailureRateThreshold()).isEqualTo(30);
        assertThat(engine.getCircuitBreakerConfig().getSlidingWindowSize()).isEqualTo(77);
        assertThat(heard).containsExactly("recorded SUCCESS", "SUCCESS");
        assertThat(next.timed()).isTrue();
    }

    @Test
    void whenSettingsChange_thenCountersGoOn() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        bench.isRefused();

        CircuitBreakerPolicy next = change(bench, Bench.small().failureRateThreshold(10));
        bench.isRefused();

        assertThat(next.snapshot())
                .containsEntry("trips", 1L)
                .containsEntry("not-permitted-calls", 2L)
                .containsEntry("buffered-calls", 4);
    }
}

package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.core.registry.EntryAddedEvent;
import io.steadfast.core.PolicyId;
import org.junit.jupiter.api.Test;

/** What resilience4j's own tools and users see and do through its registry. */
class RegisteredBreakerTests {

    private static BreakerConfigBuilder slowCounts() {
        return Bench.small().slowCallDurationThreshold(Duration.ofMillis(100));
    }

    private static void assertNumbers(Metrics metrics, int calls, int failed, int slow, int slowFailed) {
        assertThat(metrics.getNumberOfBufferedCalls()).isEqualTo(calls);
        assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(failed);
        assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(calls - failed);
        assertThat(metrics.getNumberOfSlowCalls()).isEqualTo(slow);
        assertThat(metrics.getNumberOfSlowFailedCalls()).isEqualTo(slowFailed);
        assertThat(metrics.getNumberOfSlowSuccessfulCalls()).isEqualTo(slow - slowFailed);
    }

    @Test
    void whenCallsPassTheGate_thenTheRegistryShowsThem() {
        Bench bench = new Bench(slowCounts());
        bench.succeed();
        bench.acquire().succeeded(bench.call, Duration.ofSeconds(1).toNanos(), "late");
        bench.acquire().failed(bench.call, Duration.ofSeconds(1).toNanos(), new IOException("late"));
        assertNumbers(bench.engine().getMetrics(), 3, 1, 2, 1);
        assertThat(bench.engine().getMetrics().getFailureRate()).isEqualTo(-1);
        bench.succeed();
        assertThat(bench.engine().getMetrics().getFailureRate()).isEqualTo(25);
        assertThat(bench.engine().getMetrics().getSlowCallRate()).isEqualTo(50);
    }

    @Test
    void whenTheBreakerOpensTriesAndCloses_thenTheRegistryShowsWhatDecided() {
        Bench bench = new Bench(Bench.small());
        bench.trip();
        assertNumbers(bench.engine().getMetrics(), 4, 4, 0, 0);
        assertThat(bench.engine().getMetrics().getFailureRate()).isEqualTo(100);
        bench.advance(Duration.ofSeconds(5));
        bench.succeed();
        bench.fail();
        assertNumbers(bench.engine().getMetrics(), 2, 1, 0, 0);
        bench.succeed();
        bench.succeed();
        assertThat(bench.engine().getState()).isEqualTo(State.CLOSED);
        assertNumbers(bench.engine().getMetrics(), 0, 0, 0, 0);
        bench.engine().transitionToDisabledState();
        assertNumbers(bench.engine().getMetrics(), 0, 0, 0, 0);
    }

    @Test
    void whenSomebodyCallsTheRegistrysBreaker_thenHeIsCountedAndJudgedWithTheRest() {
        Bench bench = new Bench(Bench.small());
        bench.succeed();
        bench.fail();
        assertThat(bench.engine().executeSupplier(() -> "direct")).isEqualTo("direct");
        assertThat(bench.breaker.snapshot()).containsEntry("buffered-calls", 3).containsEntry("state", "CLOSED");
        assertThatThrownBy(() -> bench.engine().executeSupplier(() -> {
                    throw new UncheckedIOException(new IOException("down"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
        assertThat(bench.transitions()).containsExactly("CLOSED > OPEN");
        assertThatThrownBy(() -> bench.engine().executeSupplier(() -> "direct"))
                .isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void whenSomebodyTriesPastTheGate_thenTheEngineJudgesHimAsBefore() {
        Bench bench = new Bench(Bench.small().initialState(State.HALF_OPEN));
        bench.fail();
        for (int trial = 0; trial < 3; trial++) {
            bench.engine().acquirePermission();
            bench.engine().onError(1, TimeUnit.NANOSECONDS, new IOException("down"));
        }
        assertNumbers(bench.engine().getMetrics(), 4, 4, 0, 0);
        bench.engine().onSuccess(1, TimeUnit.NANOSECONDS);
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAskedForTheSettings_thenTheyAreThoseOfTheInstance() {
        Bench bench = new Bench(Bench.small().slidingWindowSize(77));
        var shown = bench.engine().getCircuitBreakerConfig();
        assertThat(shown.getSlidingWindowSize()).isEqualTo(77);
        assertThat(shown.getSlidingWindowType()).isEqualTo(SlidingWindowType.COUNT_BASED);
        assertThat(shown.getMinimumNumberOfCalls()).isEqualTo(4);
    }

    @Test
    void whenAConsumerWasRegisteredAsTheEntryCame_thenItHearsEachCallOnce() {
        Bench bench = new Bench(Bench.small());
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
        List<CircuitBreakerEvent.Type> heard = new ArrayList<>();
        registry.getEventPublisher()
                .onEntryAdded((EntryAddedEvent<io.github.resilience4j.circuitbreaker.CircuitBreaker> added) ->
                        added.getAddedEntry().getEventPublisher().onEvent(event -> heard.add(event.getEventType())));
        CircuitBreakerPolicy breaker = new CircuitBreakerPolicy(
                new PolicyId("circuit-breaker", "stock"), BreakerConfig.defaults(), bench.runtime, registry);
        breaker.acquire(bench.call).succeeded(bench.call, 0, "ok");
        registry.circuitBreaker("stock").onSuccess(1, TimeUnit.MILLISECONDS);
        assertThat(heard).containsExactly(CircuitBreakerEvent.Type.SUCCESS, CircuitBreakerEvent.Type.SUCCESS);
    }

    @Test
    void whenThresholdsAreReachedWhileOnlyCounting_thenConsumersHearOfEachOnce() {
        Bench bench = new Bench(slowCounts().initialState(State.METRICS_ONLY));
        List<String> heard = new ArrayList<>();
        bench.engine()
                .getEventPublisher()
                .onFailureRateExceeded(event -> heard.add("failed " + event.getFailureRate()));
        bench.engine()
                .getEventPublisher()
                .onSlowCallRateExceeded(event -> heard.add("slow " + event.getSlowCallRate()));
        bench.trip();
        bench.trip();
        for (int call = 0; call < 5; call++) {
            bench.acquire().succeeded(bench.call, Duration.ofSeconds(1).toNanos(), "late");
        }
        assertThat(heard).containsExactly("failed 100.0", "slow 100.0");
        assertThat(bench.breaker.state()).isEqualTo("METRICS_ONLY");
    }

    @Test
    void whenAStageFails_thenConsumersHearOfTheRealFailure() {
        Bench bench = new Bench(Bench.small());
        List<Throwable> heard = new ArrayList<>();
        bench.engine().getEventPublisher().onError(event -> heard.add(event.getThrowable()));
        IOException real = new IOException("down");
        bench.fail();
        bench.acquire().failed(bench.call, 0, new CompletionException(real));
        assertThat(heard).hasSize(2).last().isSameAs(real);
    }
}

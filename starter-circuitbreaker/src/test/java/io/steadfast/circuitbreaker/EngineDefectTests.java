package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.steadfast.core.Permit;
import org.junit.jupiter.api.Test;

/** Each test shows the bare engine doing wrong, then ours doing right. */
class EngineDefectTests {

    private static final Predicate<Object> BROKEN = any -> {
        throw new UnsupportedOperationException("broken predicate");
    };

    private static io.github.resilience4j.circuitbreaker.CircuitBreaker bare(CircuitBreakerConfig.Builder config) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "bare",
                config.slidingWindow(4, 4, SlidingWindowType.COUNT_BASED).build());
    }

    private static CircuitBreakerConfig.Builder trials(int permitted) {
        return CircuitBreakerConfig.custom().permittedNumberOfCallsInHalfOpenState(permitted);
    }

    private static BreakerConfigBuilder halfOpen(int permitted) {
        return Bench.small().permittedNumberOfCallsInHalfOpenState(permitted).initialState(State.HALF_OPEN);
    }

    @Test
    void whenTrialsEndInAnError_thenBareIsStuckAndOursOpens() {
        var bare = bare(trials(2).initialState(State.HALF_OPEN));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bare.executeSupplier(() -> {
                        throw new NoClassDefFoundError("gone");
                    }))
                    .isInstanceOf(NoClassDefFoundError.class);
        }
        assertThat(bare.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(bare.tryAcquirePermission()).isFalse();

        Bench ours = new Bench(halfOpen(2));
        assertThatThrownBy(() -> ours.pipeline().call(() -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .isInstanceOf(NoClassDefFoundError.class);
        assertThat(ours.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenASuccessOfTheClosedStateComesLate_thenBareClosesAndOursWaitsForTrials() {
        var bare = bare(trials(1));
        bare.acquirePermission();
        bare.transitionToOpenState();
        bare.transitionToHalfOpenState();
        bare.onSuccess(1, TimeUnit.SECONDS);
        assertThat(bare.getState()).isEqualTo(State.CLOSED);

        Bench ours = new Bench(Bench.small().permittedNumberOfCallsInHalfOpenState(1));
        Permit late = ours.acquire();
        ours.tripAndWait();
        ours.acquire();
        ours.succeed(late);
        assertThat(ours.breaker.state()).isEqualTo("HALF_OPEN");
        assertThat(ours.breaker.snapshot()).containsEntry("buffered-calls", 0);
    }

    @Test
    void whenAFailureOfTheClosedStateComesLate_thenBareOpensAndOursWaitsForTrials() {
        var bare = bare(trials(1));
        bare.acquirePermission();
        bare.transitionToOpenState();
        bare.transitionToHalfOpenState();
        bare.onError(1, TimeUnit.SECONDS, new IOException("late"));
        assertThat(bare.getState()).isEqualTo(State.OPEN);

        Bench ours = new Bench(Bench.small().permittedNumberOfCallsInHalfOpenState(1));
        Permit late = ours.acquire();
        ours.tripAndWait();
        ours.acquire();
        ours.fail(late);
        assertThat(ours.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenACallOfTheClosedStateIsCancelledLate_thenBareAdmitsOneTrialTooManyAndOursDoesNot() {
        var bare = bare(trials(1));
        bare.acquirePermission();
        bare.transitionToOpenState();
        bare.transitionToHalfOpenState();
        assertThat(bare.tryAcquirePermission()).isTrue();
        bare.releasePermission();
        assertThat(bare.tryAcquirePermission()).as("second trial of one").isTrue();

        Bench ours = new Bench(Bench.small().permittedNumberOfCallsInHalfOpenState(1));
        Permit late = ours.acquire();
        ours.tripAndWait();
        ours.acquire();
        late.abandoned(ours.call);
        assertThat(ours.isRefused()).isTrue();
    }

    @Test
    void whenATrialOfAnEarlierHalfOpenComesLate_thenBareCountsItAndOursDoesNot() {
        var bare = bare(trials(1).initialState(State.HALF_OPEN));
        bare.acquirePermission();
        bare.transitionToOpenState();
        bare.transitionToHalfOpenState();
        bare.onSuccess(1, TimeUnit.SECONDS);
        assertThat(bare.getState()).isEqualTo(State.CLOSED);

        Bench ours = new Bench(halfOpen(1));
        Permit late = ours.acquire();
        ours.engine().transitionToOpenState();
        ours.engine().transitionToHalfOpenState();
        ours.acquire();
        ours.succeed(late);
        assertThat(ours.breaker.state()).isEqualTo("HALF_OPEN");
        assertThat(ours.isRefused()).as("permit refunded to another state").isTrue();
    }

    @Test
    void whenAnExceptionPredicateThrows_thenBareBreaksTheCallAndLeaksAndOursDoesNeither() {
        var bare = bare(trials(1).initialState(State.HALF_OPEN).ignoreException(BROKEN::test));
        assertThatThrownBy(() -> bare.executeSupplier(() -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(bare.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(bare.tryAcquirePermission()).isFalse();

        Bench ours = new Bench(halfOpen(1).ignoreExceptionPredicate(BROKEN::test));
        assertThatThrownBy(() -> ours.pipeline().call(() -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ours.breaker.state()).as("a failure stays a failure").isEqualTo("OPEN");
    }

    @Test
    void whenTheRecordPredicateThrows_thenBareLeaksAndOursCountsTheFailure() {
        var bare = bare(trials(1).initialState(State.HALF_OPEN).recordException(BROKEN::test));
        assertThatThrownBy(() -> bare.executeSupplier(() -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(bare.tryAcquirePermission()).isFalse();

        Bench ours = new Bench(halfOpen(1).recordFailurePredicate(BROKEN::test));
        assertThatThrownBy(() -> ours.pipeline().call(() -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ours.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenTheResultPredicateThrows_thenBareTakesTheResultAwayAndOursKeepsIt() throws Exception {
        var bare = bare(trials(1).initialState(State.HALF_OPEN).recordResult(BROKEN));
        assertThatThrownBy(() -> bare.executeSupplier(() -> "answer"))
                .isInstanceOf(UnsupportedOperationException.class);

        Bench ours = new Bench(halfOpen(1).recordResultPredicate(BROKEN));
        assertThat(ours.pipeline().<String>call(() -> "answer")).isEqualTo("answer");
        assertThat(ours.breaker.state()).as("an answer stays a success").isEqualTo("CLOSED");
    }

    @Test
    void whenTheResultIsNull_thenBareDoesNotAskThePredicateAndOursDoes() throws Exception {
        var bare = bare(trials(1).initialState(State.HALF_OPEN).recordResult(Objects::isNull));
        bare.executeSupplier(() -> null);
        assertThat(bare.getState()).isEqualTo(State.CLOSED);

        Bench ours = new Bench(halfOpen(1).recordResultPredicate(Objects::isNull));
        assertThat(ours.pipeline().<Object>call(() -> null)).isNull();
        assertThat(ours.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAnIgnoredExceptionIsACause_thenBareCountsItAndOursDoesNot() {
        UncheckedIOException wrapped = new UncheckedIOException(new IOException("caller's own"));
        var bare = bare(CircuitBreakerConfig.custom().ignoreExceptions(IOException.class));
        bare.onError(1, TimeUnit.SECONDS, wrapped);
        assertThat(bare.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);

        Bench ours = new Bench(Bench.small().ignoreExceptions(IOException.class));
        ours.acquire().failed(ours.call, 0, wrapped);
        assertThat(ours.breaker.snapshot()).containsEntry("buffered-calls", 0);
    }

    @Test
    void whenRefused_thenBareFillsAStackTraceAndOursDoesNot() {
        var bare = bare(CircuitBreakerConfig.custom());
        bare.transitionToOpenState();
        assertThatThrownBy(bare::acquirePermission)
                .isInstanceOfSatisfying(
                        CallNotPermittedException.class,
                        refusal -> assertThat(refusal.getStackTrace()).isNotEmpty());

        Bench ours = new Bench(Bench.small());
        ours.trip();
        assertThat(ours.refusal().getStackTrace()).isEmpty();
    }

    @Test
    void whenTheMinimumOfCallsIsBelowTheTrials_thenBareJudgesEarlyAndOursByAllTrials() {
        CircuitBreakerConfig.Builder judgedByTwo = trials(5).initialState(State.HALF_OPEN);
        var bare = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "bare",
                judgedByTwo.slidingWindow(4, 2, SlidingWindowType.COUNT_BASED).build());
        bare.onError(1, TimeUnit.SECONDS, new IOException("one of two"));
        bare.onSuccess(1, TimeUnit.SECONDS);
        assertThat(bare.getState()).isEqualTo(State.OPEN);

        Bench ours = new Bench(halfOpen(5).minimumNumberOfCalls(2));
        ours.fail();
        ours.succeed();
        assertThat(ours.breaker.state()).isEqualTo("HALF_OPEN");
    }

    @Test
    void whenNobodyListens_thenBareMakesEventObjectsAndOursDoesNot() {
        var bare = bare(CircuitBreakerConfig.custom().ignoreException(any -> true));
        IOException failure = new IOException("ignored");
        long bytesOfBare = Allocation.perRun(() -> bare.onError(1, TimeUnit.SECONDS, failure));
        assertThat(bytesOfBare).as("an event with the time of day").isGreaterThan(40);

        Bench ours = new Bench(Bench.small().ignoreExceptionPredicate(any -> true));
        long bytesOfOurs = Allocation.perRun(() -> ours.acquire().failed(ours.call, 0, failure));
        assertThat(bytesOfOurs).isLessThan(10);
    }

    @Test
    void whenRefusedAndNobodyListens_thenOursMakesTheRefusalAndNothingElse() {
        var bare = bare(CircuitBreakerConfig.custom());
        bare.transitionToForcedOpenState();
        long bytesOfBare = Allocation.perRun(bare::tryAcquirePermission);
        assertThat(bytesOfBare).as("an event, though no exception is asked for").isGreaterThan(40);

        Bench ours = new Bench(Bench.small().initialState(State.FORCED_OPEN));
        long bytesOfOurs = Allocation.perRun(ours::refusal);
        assertThat(bytesOfOurs).as("one exception without a trace").isLessThan(100);
    }
}

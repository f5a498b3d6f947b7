package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Gate;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import io.steadfast.test.GateContract;
import org.junit.jupiter.api.Test;

class CircuitBreakerPolicyTests extends GateContract {

    private static final PolicyId ID = new PolicyId("circuit-breaker", "contract");

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        BreakerConfig halfOpen = BreakerConfig.builder()
                .initialState(State.HALF_OPEN)
                .permittedNumberOfCallsInHalfOpenState(10)
                .build();
        return new CircuitBreakerPolicy(ID, halfOpen, runtime);
    }

    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        return new CircuitBreakerPolicy(
                ID, BreakerConfig.builder().initialState(State.OPEN).build(), runtime);
    }

    @Override
    protected int permitsInUse(Gate gate) {
        var snapshot = gate.snapshot();
        if (!snapshot.get("state").equals("HALF_OPEN")) {
            return 0;
        }
        return 10 - (int) snapshot.get("trials-left") - (int) snapshot.get("buffered-calls");
    }

    @Test
    void whenHalfOfTwentyCallsFailWithinTheWindow_thenItOpens() {
        Bench bench = new Bench(BreakerConfig.builder());
        for (int i = 0; i < 9; i++) {
            bench.fail();
            bench.succeed();
        }
        bench.succeed();
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
        bench.fail();
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
        PolicyEvent event = bench.listener.events().get(0);
        assertThat(event.detail()).isEqualTo("10 of 20 calls failed; next trial in 5s");
        assertThat(event.policy()).isEqualTo(bench.breaker.id());
    }

    @Test
    void whenFailuresAreOlderThanTheWindow_thenTheyDoNotCount() {
        Bench bench = new Bench(BreakerConfig.builder());
        for (int i = 0; i < 19; i++) {
            bench.fail();
        }
        bench.advance(Duration.ofSeconds(10));
        bench.fail();
        assertThat(bench.breaker.snapshot())
                .containsEntry("state", "CLOSED")
                .containsEntry("buffered-calls", 1)
                .doesNotContainKey("failure-rate");
    }

    @Test
    void whenLockFree_thenItOpensJustTheSame() {
        Bench bench = new Bench(BreakerConfig.builder()
                .slidingWindowSynchronizationStrategy(SlidingWindowSynchronizationStrategy.LOCK_FREE));
        for (int i = 0; i < 20; i++) {
            bench.fail();
        }
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
    }

    @Test
    void whenAskedForASnapshot_thenItIsInAStableOrder() {
        Bench bench = new Bench(Bench.small().slowCallDurationThreshold(Duration.ofMillis(10)));
        assertThat(bench.breaker.snapshot().keySet())
                .containsExactly(
                        "state",
                        "state-since",
                        "buffered-calls",
                        "failed-calls",
                        "slow-calls",
                        "slow-failed-calls",
                        "not-permitted-calls",
                        "trips");
        bench.trip();
        bench.isRefused();
        assertThat(bench.breaker.snapshot().keySet())
                .containsExactly(
                        "state",
                        "state-since",
                        "failure-rate",
                        "slow-call-rate",
                        "buffered-calls",
                        "failed-calls",
                        "slow-calls",
                        "slow-failed-calls",
                        "retry-after",
                        "next-trial",
                        "not-permitted-calls",
                        "trips");
        assertThat(bench.breaker.snapshot())
                .containsEntry("not-permitted-calls", 1L)
                .containsEntry("trips", 1L);
    }

    @Test
    void whenSlownessDoesNotCount_thenNoClockIsReadForIt() {
        Bench bench = new Bench(Bench.small());
        assertThat(bench.breaker.timed()).isFalse();
        for (int i = 0; i < 4; i++) {
            bench.acquire().succeeded(bench.call, Duration.ofDays(1).toNanos(), "very late");
        }
        assertThat(bench.breaker.snapshot()).containsEntry("slow-calls", 0).containsEntry("state", "CLOSED");
    }

    @Test
    void whenMostCallsAreSlow_thenItOpens() {
        Bench bench = new Bench(
                Bench.small().slowCallDurationThreshold(Duration.ofMillis(100)).slowCallRateThreshold(75));
        assertThat(bench.breaker.timed()).isTrue();
        bench.succeed();
        for (int i = 0; i < 3; i++) {
            bench.acquire().succeeded(bench.call, Duration.ofMillis(150).toNanos(), "late");
        }
        assertThat(bench.breaker.state()).isEqualTo("OPEN");
        assertThat(bench.listener.events().get(0).detail()).startsWith("0 of 4 calls failed, 3 slow");
    }

    private static Object failedCalls(BreakerConfigBuilder config, Throwable failure) {
        Bench bench = new Bench(config);
        bench.acquire().failed(bench.call, 0, failure);
        return bench.breaker.snapshot().get("failed-calls") + " of "
                + bench.breaker.snapshot().get("buffered-calls");
    }

    @Test
    void whenNothingIsSaid_thenEveryFailureOfTheTargetCounts() {
        assertThat(failedCalls(Bench.small(), new IOException())).isEqualTo("1 of 1");
        assertThat(failedCalls(Bench.small(), new StackOverflowError())).isEqualTo("1 of 1");
        assertThat(failedCalls(Bench.small(), new CallTimeoutException("stock", Duration.ofSeconds(1))))
                .isEqualTo("1 of 1");
        assertThat(failedCalls(Bench.small(), new java.util.concurrent.RejectedExecutionException()))
                .isEqualTo("1 of 1");
    }

    @Test
    void whenNobodyIsToBlame_thenNothingCounts() {
        CallRejectedException refusal = new BulkheadFullException("stock", null);
        assertThat(failedCalls(Bench.small(), refusal)).isEqualTo("0 of 0");
        assertThat(failedCalls(Bench.small(), new CompletionException(refusal))).isEqualTo("0 of 0");
        assertThat(failedCalls(Bench.small().recordExceptions(Exception.class), refusal))
                .isEqualTo("0 of 0");
        assertThat(failedCalls(Bench.small(), new CancellationException())).isEqualTo("0 of 0");
    }

    @Test
    void whenARefusalIsNamedByItsOwnKind_thenItCounts() {
        assertThat(failedCalls(
                        Bench.small().recordExceptions(CallRejectedException.class),
                        new BulkheadFullException("stock", null)))
                .isEqualTo("1 of 1");
    }

    @Test
    void whenExceptionsAreListed_thenCausesAreLookedAtAndIgnoreWins() {
        BreakerConfigBuilder config =
                Bench.small().recordExceptions(IOException.class).ignoreExceptions(IllegalArgumentException.class);
        assertThat(failedCalls(config, new RuntimeException(new IOException()))).isEqualTo("1 of 1");
        assertThat(failedCalls(config, new IllegalStateException())).isEqualTo("0 of 1");
        assertThat(failedCalls(config, new IOException(new IllegalArgumentException())))
                .isEqualTo("0 of 0");
    }

    @Test
    void whenPredicatesAreGiven_thenTheyAddToTheLists() {
        BreakerConfigBuilder config = Bench.small()
                .recordFailurePredicate(failure -> "busy".equals(failure.getMessage()))
                .ignoreExceptionPredicate(failure -> "mine".equals(failure.getMessage()));
        assertThat(failedCalls(config, new IOException("busy"))).isEqualTo("1 of 1");
        assertThat(failedCalls(config, new IOException("other"))).isEqualTo("0 of 1");
        assertThat(failedCalls(config, new IOException("mine"))).isEqualTo("0 of 0");
        assertThat(failedCalls(config.recordExceptions(IOException.class), new IOException("other")))
                .isEqualTo("1 of 1");
    }

    @Test
    void whenThePredicateThrows_thenTheListenerHearsOfIt() throws Exception {
        Bench bench = new Bench(Bench.small().recordResultPredicate(result -> {
            throw new IllegalStateException("broken");
        }));
        bench.pipeline().<Object>call(() -> "ok");
        assertThat(bench.listener.kinds()).containsExactly(PolicyEvent.Kind.POLICY_FAILED);
        assertThat(bench.breaker.snapshot()).containsEntry("buffered-calls", 1).containsEntry("failed-calls", 0);
    }

    @Test
    void whenTheCallerIsInterrupted_thenNothingCounts() {
        Bench bench = new Bench(Bench.small());
        assertThatThrownBy(() -> bench.pipeline().call(() -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(bench.breaker.snapshot()).containsEntry("buffered-calls", 0);
    }

    @Test
    void whenATotalLimitInterruptsTheTarget_thenThatTimeoutCounts() {
        Bench bench = new Bench(Bench.small());
        Pipeline limited = Pipeline.named("stock")
                .runtime(bench.runtime)
                .policy(new OneSecond())
                .policy(bench.breaker)
                .build();
        assertThatThrownBy(() -> limited.call(() -> {
                    bench.timer.sleep(Duration.ofSeconds(2).toNanos());
                    return "never";
                }))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(bench.breaker.snapshot()).containsEntry("failed-calls", 1);
    }

    @Test
    void whenTheEngineIsInARegistry_thenItsUsersSeeStateNumbersAndEvents() {
        Bench bench = new Bench(
                Bench.small().permittedNumberOfCallsInHalfOpenState(1).ignoreExceptions(IllegalStateException.class));
        List<CircuitBreakerEvent.Type> heard = new ArrayList<>();
        bench.engine().getEventPublisher().onEvent(event -> heard.add(event.getEventType()));
        assertThat(bench.breaker.timed()).as("consumers get durations").isTrue();
        bench.acquire().failed(bench.call, 0, new IllegalStateException("ignored"));
        bench.trip();
        bench.isRefused();
        bench.advance(Duration.ofSeconds(5));
        bench.succeed();
        assertThat(bench.engine().getState()).isEqualTo(State.CLOSED);
        assertThat(heard)
                .containsExactly(
                        CircuitBreakerEvent.Type.IGNORED_ERROR,
                        CircuitBreakerEvent.Type.ERROR,
                        CircuitBreakerEvent.Type.ERROR,
                        CircuitBreakerEvent.Type.ERROR,
                        CircuitBreakerEvent.Type.ERROR,
                        CircuitBreakerEvent.Type.FAILURE_RATE_EXCEEDED,
                        CircuitBreakerEvent.Type.STATE_TRANSITION,
                        CircuitBreakerEvent.Type.NOT_PERMITTED,
                        CircuitBreakerEvent.Type.STATE_TRANSITION,
                        CircuitBreakerEvent.Type.SUCCESS,
                        CircuitBreakerEvent.Type.STATE_TRANSITION);
    }

    @Test
    void whenAConsumerOfTheEngineThrows_thenCallsAreNotAffected() {
        Bench bench = new Bench(Bench.small());
        bench.engine().getEventPublisher().onEvent(event -> {
            throw new IllegalStateException("broken consumer");
        });
        bench.trip();
        assertThat(bench.refusal()).isNotNull();
    }

    @Test
    void whenTheRegistryHoldsSomebodyElsesBreaker_thenItIsRefused() {
        Bench bench = new Bench(Bench.small());
        bench.registry.circuitBreaker("taken");
        PolicyId taken = new PolicyId("circuit-breaker", "taken");
        assertThatThrownBy(
                        () -> new CircuitBreakerPolicy(taken, BreakerConfig.defaults(), bench.runtime, bench.registry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already holds a breaker named 'taken'");
    }

    @Test
    void whenRecordersListen_thenEachHearsEachCallOnceAndABrokenOneHarmsNobody() {
        Bench bench = new Bench(Bench.small());
        List<String> heard = new ArrayList<>();
        bench.breaker.recordTo(new Recorder(heard, "a "));
        bench.breaker.recordTo(new Recorder(heard, "b "));
        bench.breaker.recordTo(new Recorder(null, ""));
        bench.acquire().succeeded(bench.call, 7, "ok");
        bench.breaker.forceOpen();
        assertThat(bench.refusal()).isNotNull();
        assertThat(heard).containsExactly("a SUCCESS 7", "b SUCCESS 7", "a refused", "b refused");
    }

    @Test
    void whenStackTracesAreAskedFor_thenRefusalsHaveOne() {
        Bench bench = new Bench(Bench.small().writableStackTraceEnabled(true).initialState(State.FORCED_OPEN));
        assertThat(bench.refusal().getStackTrace()).isNotEmpty();
    }

    private record OneSecond() implements TimeLimit {

        @Override
        public PolicyId id() {
            return new PolicyId("timeout.total", "stock");
        }

        @Override
        public long limitNanos(Call call) {
            return Duration.ofSeconds(1).toNanos();
        }
    }

    private record Recorder(List<String> heard, String mark) implements CallRecorder {

        @Override
        public void ended(CountedAs as, long elapsedNanos) {
            heard.add(mark + as + " " + elapsedNanos);
        }

        @Override
        public void refused() {
            heard.add(mark + "refused");
        }
    }
}

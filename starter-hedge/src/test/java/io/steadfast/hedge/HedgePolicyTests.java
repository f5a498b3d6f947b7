package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.retry.RetryConfig;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.Test;

class HedgePolicyTests {

    private static final long MILLI = 1_000_000;

    private final ManualTimer timer = new ManualTimer();

    private final RecordingListener listener = new RecordingListener();

    private final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    private final Call call = Call.of("stock");

    private int entered;

    private HedgePolicy policy(HedgeConfigBuilder config) {
        return new HedgePolicy(new PolicyId(HedgePolicy.KIND, "stock"), config.build(), runtime);
    }

    /** Calls of 1 to 100 ms, as many of each, and the time it takes to count them. */
    private void measure(HedgePolicy policy, int calls) {
        for (int i = 0; i < calls; i++) {
            policy.delayNanos(call, 1);
            policy.ended(call, 1, (i % 100 + 1) * MILLI, "ok", null);
        }
        timer.advance(Duration.ofSeconds(3));
        policy.delayNanos(call, 1);
    }

    private static void assertAbout(HedgePolicy policy, long millis) {
        assertThat(policy.delay())
                .hasValueSatisfying(delay -> assertThat(delay)
                        .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + millis / 15 + 1)));
    }

    @Test
    void whenTooFewCallsHaveBeenMeasured_thenNothingIsHedged() {
        HedgePolicy policy = policy(HedgeConfig.builder());
        measure(policy, 99);
        assertThat(policy.delay()).isEmpty();
        assertThat(policy.delayNanos(call, 1)).isEqualTo(Race.NEVER);
        measure(policy, 1);
        assertThat(policy.delay()).isPresent();
    }

    @Test
    void whenEnoughHaveBeenMeasured_thenTheDelayIsWhatTheExtraLoadAllows() {
        HedgePolicy policy = policy(HedgeConfig.builder().extraLoad(0.05));
        measure(policy, 1000);
        assertAbout(policy, 95);
        assertThat(policy.delayNanos(call, 1))
                .isEqualTo(policy.delay().orElseThrow().toNanos());
        assertThat(policy.delayNanos(call, 2)).isEqualTo(Race.NEVER);
    }

    @Test
    void whenCallsAreVeryQuick_thenTheDelayIsAMillisecondAllTheSame() {
        HedgePolicy policy = policy(HedgeConfig.builder());
        for (int i = 0; i < 200; i++) {
            policy.ended(call, 1, 1000, "ok", null);
        }
        measure(policy, 0);
        assertThat(policy.delay()).hasValue(Duration.ofMillis(1));
    }

    @Test
    void whenAHedgeAnswersOrACallFails_thenTheDelayKnowsNothingOfIt() {
        HedgePolicy policy = policy(HedgeConfig.builder());
        for (int i = 0; i < 500; i++) {
            policy.ended(call, 2, 1, "ok", null);
            policy.ended(call, 1, 1, null, new IOException("down"));
        }
        measure(policy, 0);
        assertThat(policy.snapshot()).containsEntry("samples", 0L).containsEntry("delay", "unknown");
    }

    @Test
    void whenFirstAttemptsAreCutShort_thenTheyCountIfTheyHadRunBeyondTheDelay() {
        HedgePolicy policy = policy(HedgeConfig.builder());
        measure(policy, 1000);
        policy.cutShort(call, 1, 10 * MILLI);
        policy.cutShort(call, 2, 500 * MILLI);
        measure(policy, 0);
        assertThat(policy.snapshot()).containsEntry("samples", 1000L);
        policy.cutShort(call, 1, 500 * MILLI);
        policy.ended(call, 1, 600 * MILLI, null, new CallTimeoutException("stock", Duration.ofMillis(600)));
        measure(policy, 0);
        assertThat(policy.snapshot()).containsEntry("samples", 1002L);
    }

    @Test
    void whenTheDelayIsFixed_thenNothingIsMeasured() {
        HedgePolicy policy = policy(HedgeConfig.builder().delay(Duration.ofMillis(30)));
        assertThat(policy.timed()).isFalse();
        assertThat(policy.delay()).hasValue(Duration.ofMillis(30));
        assertThat(policy.delayNanos(call, 1)).as("nothing earned yet").isEqualTo(Race.NEVER);
        earn(policy, 20);
        assertThat(policy.delayNanos(call, 1)).isEqualTo(30 * MILLI);
    }

    private void earn(HedgePolicy policy, int calls) {
        for (int i = 0; i < calls; i++) {
            policy.delayNanos(call, 1);
        }
    }

    @Test
    void whenTheExtraLoadIsSpent_thenNothingIsHedged() {
        HedgePolicy policy = policy(HedgeConfig.builder().delay(Duration.ofMillis(30)));
        earn(policy, 48);
        assertThat(policy.mayStart(call, 1)).isTrue();
        assertThat(policy.mayStart(call, 1)).isTrue();
        assertThat(policy.mayStart(call, 1)).isFalse();
        assertThat(policy.delayNanos(call, 1)).isEqualTo(Race.NEVER);
        assertThat(policy.snapshot())
                .containsEntry("started", 2L)
                .containsEntry("withheld", 1L)
                .containsEntry("extra-calls-left", 0L);
    }

    @Test
    void whenTheTargetIsThrottled_thenNothingIsHedgedForAsLongAsItAsked() {
        HedgePolicy policy = policy(HedgeConfig.builder().delay(Duration.ofMillis(30)));
        earn(policy, 100);
        assertPausedFor(policy, null, Duration.ofSeconds(10));
        assertPausedFor(policy, Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    private void assertPausedFor(HedgePolicy policy, Duration asked, Duration pause) {
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(runtime)
                .policy(policy)
                .reader(new OutcomeReader() {
                    @Override
                    public Diagnosis ofFailure(Call failed, Throwable failure) {
                        return new Diagnosis(Diagnosis.Kind.THROTTLED, asked, null);
                    }
                })
                .build();
        pipeline.callAsync(() -> CompletableFuture.failedFuture(new IOException("429")));
        assertThat(policy.snapshot()).containsEntry("paused", true);
        assertThat(policy.mayStart(call, 1)).isFalse();
        timer.advance(pause.minusNanos(1));
        assertThat(policy.delayNanos(call, 1)).isEqualTo(Race.NEVER);
        timer.advance(Duration.ofNanos(1));
        assertThat(policy.delayNanos(Call.of("stock"), 1)).isNotEqualTo(Race.NEVER);
        assertThat(policy.snapshot()).containsEntry("paused", false);
    }

    @Test
    void whenTheRetrysBudgetIsEmpty_thenThereIsNoHedgeAndNoFailure() {
        assertThat(entriesWithRetryBudgetFor(0)).isEqualTo(1);
    }

    @Test
    void whenTheRetrysBudgetHasRoom_thenTheHedgeIsPaidFromIt() {
        assertThat(entriesWithRetryBudgetFor(1)).isEqualTo(2);
    }

    private int entriesWithRetryBudgetFor(int retries) {
        RetryBudget shared = new RetryBudget(new RetryBudgetConfig(0, 1, Duration.ofSeconds(10)), timer.ticker());
        while (shared.balance() > retries) {
            shared.tryWithdraw();
        }
        HedgePolicy hedge = policy(HedgeConfig.builder().delay(Duration.ofMillis(30)));
        earn(hedge, 100);
        RetryPolicy retry =
                new RetryPolicy(new PolicyId(RetryPolicy.KIND, "stock"), RetryConfig.defaults(), runtime, shared);
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(runtime)
                .policy(retry)
                .policy(hedge)
                .build();
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> answer = pipeline.callAsync(() -> {
            entered++;
            return work.minimalCompletionStage();
        });
        timer.advance(Duration.ofSeconds(1));
        work.complete("ok");
        assertThat(answer).isCompletedWithValue("ok");
        assertThat(shared.balance()).isZero();
        return entered;
    }

    @Test
    void whenAnAnswerIsAFailureToThoseWhoReadIt_thenTheOtherAttemptIsWaitedFor() {
        HedgePolicy policy = policy(HedgeConfig.builder().delay(Duration.ofMillis(30)));
        earn(policy, 100);
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(runtime)
                .policy(policy)
                .reader(new OutcomeReader() {
                    @Override
                    public Diagnosis ofResult(Call answered, Object result) {
                        return Diagnosis.of("503".equals(result) ? Diagnosis.Kind.TRANSIENT : Diagnosis.Kind.SUCCESS);
                    }

                    @Override
                    public Diagnosis ofFailure(Call failed, Throwable failure) {
                        return Diagnosis.of(Diagnosis.Kind.CALLERS_OWN);
                    }
                })
                .build();
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> answer = pipeline.callAsync(() -> entered++ == 0 ? first : second);
        timer.advance(Duration.ofMillis(30));
        second.complete("503");
        assertThat(answer).isNotDone();
        first.completeExceptionally(new IOException("404"));
        assertThat(answer).isCompletedExceptionally();
        assertThat(listener.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGE_LOST);
    }

    @Test
    void whenSettingsChange_thenWhatWasMeasuredStays() {
        HedgePolicy before = policy(HedgeConfig.builder());
        measure(before, 1000);
        before.mayStart(call, 1);
        HedgePolicy after =
                before.successor(HedgeConfig.builder().extraLoad(0.2).build());
        assertAbout(after, 80);
        assertThat(after.snapshot()).containsEntry("samples", 1000L).containsEntry("started", 1L);
        assertThat(after.budgetBalance()).as("another share, another budget").isZero();
        HedgePolicy same = before.successor(HedgeConfig.builder().maxExtra(2).build());
        assertThat(same.budgetBalance()).isEqualTo(before.budgetBalance()).isPositive();
    }

    @Test
    void whenTheWindowChanges_thenMeasuringBeginsAnew() {
        HedgePolicy before = policy(HedgeConfig.builder());
        measure(before, 1000);
        HedgePolicy after = before.successor(
                HedgeConfig.builder().window(Duration.ofMinutes(2)).build());
        assertThat(after.delay()).isEmpty();
    }
}

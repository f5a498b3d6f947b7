package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.Call;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.core.Verdict;
import io.steadfast.test.CallModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retry and budget together. */
class BudgetedRetryTests {

    private final IOException failure = new IOException("connection reset");

    @ParameterizedTest
    @EnumSource
    void whenTheBudgetIsEmpty_thenTheOriginalFailureIsThrownAtOnceAndTheListenerHearsWhy(CallModel model) {
        Scenario scenario = new Scenario(reserve(1).build()); // 10 retries
        for (int i = 0; i < 5; i++) {
            scenario.fail(model, failure); // two retries each
        }
        assertThat(scenario.policy.budgetBalance()).isEqualTo(1); // 5 calls have earned one
        int before = scenario.attempts();

        scenario.fail(model, failure); // takes the last one
        IOException own = new IOException("own");
        assertThat(catchThrowable(() -> scenario.call(model, own)))
                .isSameAs(own)
                .hasNoSuppressedExceptions();

        assertThat(scenario.attempts() - before).isEqualTo(2 + 1);
        PolicyEvent last =
                scenario.listener.events().get(scenario.listener.events().size() - 1);
        assertThat(last.kind()).isEqualTo(Kind.BUDGET_EMPTY);
        assertThat(last.detail()).isEqualTo("attempt 1 failed, and the retry budget is empty");
        assertThat(last.failure()).isSameAs(own);
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsTriedSeveralTimes_thenItCountsAsOneCall(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().build());

        scenario.call(model, failure, failure, "answer");
        scenario.call(model, "answer");

        RetryBudget budget = scenario.policy.budget().orElseThrow();
        assertThat(budget.calls()).isEqualTo(2);
        assertThat(budget.retries()).isEqualTo(2);
        assertThat(scenario.policy.budgetBalance()).isEqualTo(98);
    }

    @Test
    void whenAThousandCallsFailAtOnce_thenRetriesAreChargedBeforeTheyWaitAndMostAreNotMade() {
        Scenario scenario = new Scenario(Scenario.steady().build());
        Pipeline pipeline = scenario.pipeline();
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        List<CompletableFuture<Object>> targets = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(pipeline.callAsync(() -> {
                CompletableFuture<Object> target = new CompletableFuture<>();
                targets.add(target);
                return target;
            }));
        }

        List.copyOf(targets).forEach(target -> target.completeExceptionally(failure));

        assertThat(scenario.timer.pendingTasks()).isEqualTo(allowedFor(1000)); // while they wait, nothing is left
        assertThat(calls.stream().filter(CompletableFuture::isDone)).hasSize(1000 - allowedFor(1000));
        assertThat(scenario.policy.budgetBalance()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTargetIsDownForLong_thenRetriesAddNoMoreThanTheirShare(CallModel model) {
        Scenario scenario =
                new Scenario(Scenario.steady().waitDuration(Duration.ZERO).build());
        int calls = 2000;
        for (int i = 0; i < calls; i++) {
            scenario.fail(model, failure);
        }

        // without a budget it would be 3 × 2000
        assertThat(scenario.attempts()).isBetween(calls + allowedFor(calls), calls + allowedFor(calls) + 100);
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNoBudget_thenEveryFailureIsRetried(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady().withoutBudget().build());

        for (int i = 0; i < 200; i++) {
            scenario.fail(model, failure);
        }

        assertThat(scenario.attempts()).isEqualTo(600);
        assertThat(scenario.policy.budgetBalance()).isEqualTo(Long.MAX_VALUE);
        assertThat(scenario.policy.budget()).isEmpty();
    }

    @Test
    void whenTwoPoliciesShareABudget_thenOneSpendsWhatTheOtherMisses() {
        Scenario scenario = new Scenario(reserve(1).build());
        RetryBudget shared = scenario.policy.budget().orElseThrow();
        RetryPolicy other = new RetryPolicy(
                new PolicyId("retry", "other"), Scenario.steady().build(), scenario.runtime, shared);
        while (shared.tryWithdraw()) {
            assertThat(shared.retries()).isPositive();
        }

        assertThat(other.budgetBalance()).isZero();
        assertThat(other.judge(Call.of("other"), 1, null, failure)).isEqualTo(Verdict.keep());
    }

    @Test
    void whenCallsSucceed_thenJudgingThemAllocatesNothing() {
        RetryPolicy policy = RetryPolicy.of("stock", RetryConfig.defaults());
        Call call = Call.of("stock");
        judge(policy, call, 50_000); // let the JIT have its say

        long before = allocatedBytes();
        judge(policy, call, 100_000);

        assertThat(allocatedBytes() - before).isLessThan(100_000); // less than a byte per call: nothing
    }

    private static void judge(RetryPolicy policy, Call call, int times) {
        for (int i = 0; i < times; i++) {
            if (policy.judge(call, 1, "answer", null) != Verdict.keep()) {
                throw new AssertionError("a good answer was not kept");
            }
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static RetryConfigBuilder reserve(int perSecond) {
        return Scenario.steady()
                .waitDuration(Duration.ZERO)
                .budget(new RetryBudgetConfig(0.2, perSecond, Duration.ofSeconds(10)));
    }

    /** What the default budget allows for so many calls within its window. */
    private static int allowedFor(int calls) {
        return calls / 5 + 100;
    }
}

package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.core.Steering;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

/** A retry in an operator's hands. */
class SteeredRetryTests {

    private final ManualTimer timer = new ManualTimer();

    private final RetryBudget budget =
            new RetryBudget(new RetryBudgetConfig(0.2, 1, Duration.ofSeconds(10)), timer.ticker());

    private RetryPolicy policy(RetryBudget of) {
        return new RetryPolicy(
                new PolicyId(RetryPolicy.KIND, "stock"),
                RetryConfig.builder().build(),
                new PolicyRuntime(timer.ticker(), timer, ResilienceListener.NONE),
                of);
    }

    @Test
    void whenReset_thenTheBudgetIsFull() {
        RetryPolicy policy = policy(budget);
        while (budget.tryWithdraw()) {
            // until it is empty
        }
        assertThat(policy.budgetBalance()).isZero();

        policy.steer(Steering.RESET);

        assertThat(policy.budgetBalance()).isEqualTo(10);
        assertThat(budget.retries()).isZero();
    }

    @Test
    void whenThereIsNoBudget_thenThereIsNothingToSteer() {
        RetryPolicy without = policy(null);

        assertThat(without.steerings()).isEmpty();
        assertThatThrownBy(() -> without.steer(Steering.RESET)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(budget).steer(Steering.FORCE_OPEN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

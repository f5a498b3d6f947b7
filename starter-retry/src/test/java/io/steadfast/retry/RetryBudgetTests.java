package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

class RetryBudgetTests {

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void whenNothingHasHappened_thenTheWholeReserveIsThere() {
        assertThat(new RetryBudget(RetryBudgetConfig.defaults(), ticker).balance())
                .isEqualTo(100);
        assertThat(budget(0.2, 3).balance()).isEqualTo(30);
        assertThat(budget(0.2, 0).balance()).isZero();
    }

    @Test
    void whenTheReserveIsUsedUp_thenNothingMoreIsGiven() {
        RetryBudget budget = budget(0.2, 1);

        assertThat(withdraw(budget, 25)).isEqualTo(10);
        assertThat(budget.balance()).isZero();
        assertThat(budget.tryWithdraw()).isFalse();
    }

    @Test
    void whenCallsAreMade_thenEachEarnsItsShareExactly() {
        RetryBudget fifth = budget(0.2, 0);
        deposit(fifth, 4);
        assertThat(fifth.tryWithdraw()).isFalse();
        deposit(fifth, 1);
        assertThat(fifth.tryWithdraw()).isTrue();
        assertThat(fifth.tryWithdraw()).isFalse();

        RetryBudget tenth = budget(0.1, 0);
        deposit(tenth, 1000);
        assertThat(tenth.balance()).isEqualTo(100);
        assertThat(withdraw(tenth, 200)).isEqualTo(100);

        RetryBudget uneven = budget(0.29, 0); // 0.29 * 100 is a little less than 29 in floating point
        deposit(uneven, 100);
        assertThat(uneven.balance()).isEqualTo(29);
    }

    @Test
    void whenTheRatioIsAboveOne_thenACallPaysForSeveralRetries() {
        RetryBudget budget = budget(3, 0);
        deposit(budget, 2);

        assertThat(withdraw(budget, 10)).isEqualTo(6);
    }

    @Test
    void whenTheRatioIsZero_thenOnlyTheReserveCounts() {
        RetryBudget budget = budget(0, 1);
        deposit(budget, 1000);

        assertThat(withdraw(budget, 100)).isEqualTo(10);
    }

    @Test
    void whenRetriesHaveLeftTheWindow_thenTheReserveIsBack() {
        RetryBudget budget = budget(0.2, 1);
        withdraw(budget, 10);

        ticker.advance(Duration.ofMillis(9_999));
        assertThat(budget.balance()).isZero();
        ticker.advance(Duration.ofMillis(1));
        assertThat(budget.balance()).isEqualTo(10);
    }

    @Test
    void whenCallsHaveLeftTheWindow_thenTheyPayForNothingMore() {
        RetryBudget budget = budget(0.2, 0);
        deposit(budget, 160);
        assertThat(budget.balance()).isEqualTo(32);

        ticker.advance(Duration.ofSeconds(10));

        assertThat(budget.balance()).isZero();
        assertThat(budget.calls()).isZero();
    }

    @Test
    void whenCallsLeaveTheWindowBeforeTheirRetries_thenTheBalanceIsZeroAndNotBelow() {
        RetryBudget budget = budget(0.2, 0);
        deposit(budget, 160);
        assertThat(budget.balance()).isEqualTo(32);
        ticker.advance(Duration.ofSeconds(5));
        withdraw(budget, 32);

        ticker.advance(Duration.ofSeconds(5));
        deposit(budget, 100);

        assertThat(budget.balance()).isZero(); // 20 earned, 32 spent five seconds ago
        ticker.advance(Duration.ofSeconds(5));
        assertThat(budget.balance()).isEqualTo(20);
    }

    @Test
    void whenTimeStandsStillForLong_thenOldCountsDoNotComeBack() {
        RetryBudget budget = budget(0.2, 0);
        deposit(budget, 160);

        ticker.advance(Duration.ofDays(3650));

        assertThat(budget.balance()).isZero();
        deposit(budget, 5);
        assertThat(budget.balance()).isEqualTo(1);
    }

    @Test
    void whenCallsAreDeposited_thenTheClockIsReadOnEverySixteenthOnly() {
        AtomicInteger readings = new AtomicInteger();
        RetryBudget budget = new RetryBudget(RetryBudgetConfig.defaults(), () -> readings.incrementAndGet());
        readings.set(0);

        deposit(budget, 15);
        assertThat(readings).hasValue(0);
        deposit(budget, 1);
        assertThat(readings).hasValue(1);
        deposit(budget, 160);
        assertThat(readings).hasValue(11);
    }

    @Test
    void whenFewerThanSixteenCallsWait_thenTheNextReadingCountsThem() {
        RetryBudget budget = budget(0.2, 0);
        deposit(budget, 15);
        ticker.advance(Duration.ofSeconds(60)); // later than they were made, but not lost

        assertThat(budget.balance()).isEqualTo(3);
        ticker.advance(Duration.ofMillis(8_999));
        assertThat(budget.balance()).isEqualTo(3);
    }

    @Test
    void whenManyWithdrawAtOnce_thenNotOneMoreIsGivenThanThereIs() throws Exception {
        RetryBudget budget = budget(0.2, 100); // 1000 in reserve
        deposit(budget, 16_000); // and 3200 earned

        int given = together(8, () -> withdraw(budget, 2_000));

        assertThat(given).isEqualTo(4_200);
        assertThat(budget.balance()).isZero();
    }

    @Test
    void whenManyWithdrawAtOnce_thenOneLooksAndTakesBeforeTheNextOneLooks() throws Exception {
        AtomicInteger looking = new AtomicInteger();
        AtomicInteger mostLooking = new AtomicInteger();
        RetryBudget budget = new RetryBudget(RetryBudgetConfig.defaults(), () -> {
            mostLooking.accumulateAndGet(looking.incrementAndGet(), Math::max);
            for (int i = 0; i < 50_000; i++) {
                Thread.onSpinWait(); // time enough for another one to come along
            }
            looking.decrementAndGet();
            return 0;
        });

        int given = together(4, () -> withdraw(budget, 50));

        assertThat(given).isEqualTo(100);
        assertThat(mostLooking).hasValue(1);
    }

    @Test
    void whenManyDepositAtOnce_thenNoneIsLost() throws Exception {
        RetryBudget budget = budget(0.2, 0);

        together(8, () -> {
            deposit(budget, 100_003);
            return 0;
        });

        assertThat(budget.calls()).isEqualTo(800_024);
        assertThat(budget.balance()).isEqualTo(160_004);
    }

    @Test
    void whenManyDepositAndWithdrawWhileTimePasses_thenTheLimitHoldsAndTheBalanceIsNeverNegative() throws Exception {
        RetryBudget budget = budget(0.2, 10);
        AtomicInteger given = new AtomicInteger();

        together(8, () -> {
            for (int i = 0; i < 20_000; i++) {
                budget.deposit();
                if (i % 100 == 0) {
                    ticker.advance(Duration.ofNanos(100_000)); // 160 ms in all: everything stays in the window
                }
                if (budget.tryWithdraw()) {
                    given.incrementAndGet();
                }
                assertThat(budget.balance()).isNotNegative();
            }
            return 0;
        });

        assertThat(budget.calls()).isEqualTo(160_000);
        assertThat(budget.retries()).isEqualTo(given.get());
        assertThat(given.get() + budget.balance()).isEqualTo(100 + 32_000);
    }

    private RetryBudget budget(double ratio, int reservePerSecond) {
        return new RetryBudget(new RetryBudgetConfig(ratio, reservePerSecond, Duration.ofSeconds(10)), ticker);
    }

    private static void deposit(RetryBudget budget, int times) {
        for (int i = 0; i < times; i++) {
            budget.deposit();
        }
    }

    private static int withdraw(RetryBudget budget, int times) {
        int given = 0;
        for (int i = 0; i < times; i++) {
            given += budget.tryWithdraw() ? 1 : 0;
        }
        return given;
    }

    /** Runs the same on many threads, all starting at once, and adds up what they return. */
    private static int together(int threads, Callable<Integer> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            int sum = 0;
            for (Future<Integer> one : all) {
                sum += one.get(60, TimeUnit.SECONDS);
            }
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }
}

package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.RetryBudget;
import io.steadfast.core.RetryBudgetConfig;
import io.steadfast.test.ManualTicker;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The budget against the formula it promises, kept by a simple bookkeeper who remembers everything. */
class RetryBudgetPropertyTests {

    @Property
    void everyDecisionFollowsTheFormula(
            @ForAll @IntRange(min = 1, max = 2000) int ratioInThousandths,
            @ForAll @IntRange(min = 0, max = 5) int reservePerSecond,
            @ForAll("histories") List<Step> history) {
        ManualTicker ticker = new ManualTicker();
        RetryBudgetConfig config =
                new RetryBudgetConfig(ratioInThousandths / 1000.0, reservePerSecond, Duration.ofSeconds(10));
        RetryBudget budget = new RetryBudget(config, ticker);
        Bookkeeper books = new Bookkeeper(BigDecimal.valueOf(ratioInThousandths, 3), reservePerSecond * 10);

        for (Step step : history) {
            ticker.advance(Duration.ofMillis(step.afterMillis()));
            books.pass(step.afterMillis());
            for (int i = 0; i < step.calls(); i++) {
                budget.deposit();
                books.deposit();
            }
            for (int i = 0; i < step.retries(); i++) {
                assertThat(budget.tryWithdraw()).isEqualTo(books.tryWithdraw());
            }
            assertThat(budget.balance()).isEqualTo(books.balance()).isNotNegative();
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.integers().between(0, 4_000),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 30))
                .as(Step::new);
        return step.list().ofMaxSize(40);
    }

    record Step(int afterMillis, int calls, int retries) {}

    /** Counts by slices of a second: a call counts from the reading of the clock that notices it, a retry at once. */
    private static final class Bookkeeper {

        private final BigDecimal ratio;

        private final int reserve;

        private final List<Long> calls = new ArrayList<>();

        private final List<Long> retries = new ArrayList<>();

        private long nowMillis;

        private int unnoticed;

        Bookkeeper(BigDecimal ratio, int reserve) {
            this.ratio = ratio;
            this.reserve = reserve;
        }

        void pass(long millis) {
            nowMillis += millis;
        }

        void deposit() {
            if (++unnoticed == 16) {
                notice();
            }
        }

        boolean tryWithdraw() {
            boolean given = balance() >= 1;
            if (given) {
                retries.add(second());
            }
            return given;
        }

        long balance() {
            notice();
            BigDecimal earned = ratio.multiply(BigDecimal.valueOf(recent(calls)));
            return Math.max(0, earned.longValue() + reserve - recent(retries));
        }

        private void notice() {
            for (; unnoticed > 0; unnoticed--) {
                calls.add(second());
            }
        }

        private long recent(List<Long> seconds) {
            return seconds.stream().filter(second -> second() - second < 10).count();
        }

        private long second() {
            return nowMillis / 1000;
        }
    }
}

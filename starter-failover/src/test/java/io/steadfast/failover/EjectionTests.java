package io.steadfast.failover;

import static io.steadfast.failover.InstanceState.Status.AVAILABLE;
import static io.steadfast.failover.InstanceState.Status.EJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import org.junit.jupiter.api.Test;

/** Who is set aside for failing, for how long, and who is not. */
class EjectionTests {

    private static final Duration BASE = Duration.ofSeconds(30);

    private final Bench bench = Bench.of("a", "b", "c", "d");

    @Test
    void whenFiveAttemptsInARowFail_thenTheInstanceIsEjected() {
        bench.failAt("a", 4);
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
        bench.failAt("a", 1);
        assertThat(bench.status("a")).isEqualTo(EJECTED);
        assertThat(bench.state("a").reason()).isEqualTo("5 failures in a row");
        assertThat(bench.state("a").remaining()).isEqualTo(BASE);
    }

    @Test
    void whenAnInstanceIsEjected_thenTheVeryNextCallsGoElsewhere() {
        bench.failAt("a", 5);
        assertThat(bench.next(8)).doesNotContain("a"); // the timer has not run yet
        bench.settleDown();
        assertThat(bench.next(8)).doesNotContain("a").contains("b", "c", "d");
    }

    @Test
    void whenASuccessComesBetween_thenTheRowIsBroken() {
        bench.failAt("a", 4);
        bench.serveAt("a", 1);
        bench.failAt("a", 4);
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenOurOwnPoliciesRefuse_thenNothingCounts() {
        for (int i = 0; i < 10; i++) {
            Bench.Attempt attempt = bench.attemptAt("a");
            attempt.lease().failed(attempt.call(), 1, new BulkheadFullException("stock", null));
            bench.attemptAt("a").abandoned();
        }
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
        assertThat(bench.state("a").failed()).isZero();
        assertThat(bench.inFlight()).isZero();
    }

    @Test
    void whenThisJvmIsInTrouble_thenTheInstanceIsNotBlamed() {
        for (int i = 0; i < 10; i++) {
            Bench.Attempt attempt = bench.attemptAt("a");
            attempt.lease().failed(attempt.call(), 0, new StackOverflowError());
        }
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenTheTimeIsOver_thenTheInstanceIsBack() {
        bench.failAt("a", 5);
        bench.pass(BASE.minusMillis(1));
        assertThat(bench.status("a")).isEqualTo(EJECTED);
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
        assertThat(bench.next(8)).contains("a");
    }

    @Test
    void whenItFailsAgainAndAgain_thenItStaysAwayLongerEachTimeUpToTheLongest() {
        for (int time = 1; time <= 12; time++) {
            bench.failAt("a", 5);
            assertThat(bench.state("a").timesEjected()).isEqualTo(time);
            assertThat(bench.state("a").remaining()).isEqualTo(Duration.ofSeconds(Math.min(300, 30L * time)));
            bench.pass(Duration.ofSeconds(300));
        }
    }

    @Test
    void whenIntervalsPassWithoutAnEjection_thenItIsForgiven() {
        bench.failAt("a", 5);
        bench.pass(BASE);
        bench.failAt("a", 5);
        bench.pass(BASE.multipliedBy(2));
        bench.serveAt("b", 1);
        bench.settleDown();
        assertThat(bench.state("a").timesEjected()).isPositive();
        bench.pass(Duration.ofSeconds(60));
        bench.serveAt("b", 1);
        bench.settleDown();
        assertThat(bench.state("a").timesEjected()).isZero();
    }

    @Test
    void whenHalfOfThePoolIsEjected_thenNoMoreAre() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            bench.failAt(id, 20);
        }
        assertThat(bench.pool.instances())
                .filteredOn(state -> state.status() == EJECTED)
                .hasSize(2);
    }

    @Test
    void whenOneOfTwoFails_thenItMayBeEjected() {
        Bench two = Bench.of("a", "b");
        two.failAt("a", 5);
        assertThat(two.status("a")).isEqualTo(EJECTED);
    }

    @Test
    void whenOnlyOneIsLeft_thenItIsNeverEjected() {
        Bench one = Bench.of("a");
        one.failAt("a", 100);
        assertThat(one.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenTheOthersAreAwayForOtherReasons_thenTheLastOneIsNotEjected() {
        Bench two = Bench.of("a", "b");
        two.pool.drain("a", Duration.ofMinutes(1));
        two.failAt("b", 100);
        assertThat(two.status("b")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenSentBeforeTheEjection_thenALateFailureDoesNotCountAfterIt() {
        Bench.Attempt[] late = new Bench.Attempt[5];
        for (int i = 0; i < late.length; i++) {
            late[i] = bench.attemptAt("a");
        }
        bench.failAt("a", 5);
        bench.pass(BASE);
        for (Bench.Attempt attempt : late) {
            attempt.fails();
        }
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenItSucceedsFarLessThanTheOthers_thenItIsEjectedAfterTheInterval() {
        for (int i = 0; i < 30; i++) {
            bench.serveAt("a", 1);
            bench.serveAt("b", 1);
            bench.serveAt("c", 1);
            if (i % 2 == 0) {
                bench.serveAt("d", 1);
            } else {
                bench.failAt("d", 1);
            }
        }
        bench.pass(Duration.ofSeconds(10));
        bench.serveAt("a", 1);
        bench.settleDown();
        assertThat(bench.status("d")).isEqualTo(EJECTED);
        assertThat(bench.state("d").reason()).isEqualTo("50.0 % of its calls succeeded, far fewer than elsewhere");
    }

    @Test
    void whenOneOfTwoSucceedsFarLess_thenItIsEjected() {
        Bench two = Bench.of("a", "b");
        for (int i = 0; i < 30; i++) {
            two.serveAt("a", 1);
            two.serveAt("b", i % 2);
            two.failAt("b", (i + 1) % 2);
        }
        two.pass(Duration.ofSeconds(10));
        two.serveAt("a", 1);
        two.settleDown();
        assertThat(two.status("b")).isEqualTo(EJECTED);
    }

    @Test
    void whenCountsAreOld_thenNobodyIsJudgedByThem() {
        for (int i = 0; i < 30; i++) {
            bench.serveAt("a", 1);
            bench.serveAt("d", i % 2);
            bench.failAt("d", (i + 1) % 2);
        }
        bench.pass(Duration.ofHours(1));
        bench.serveAt("a", 1);
        bench.settleDown();
        assertThat(bench.status("d")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenTooManyOfItsCallsFail_thenItIsEjectedWhereThatIsARule() {
        EjectionConfig rule = EjectionConfig.builder()
                .consecutiveFailures(0)
                .successRateDeviation(0)
                .failurePercentage(80)
                .build();
        Bench strict = Bench.of(config -> config.ejection(rule), "a", "b");
        strict.failAt("a", 16);
        strict.serveAt("a", 4);
        strict.failAt("b", 15);
        strict.serveAt("b", 5);
        strict.pass(Duration.ofSeconds(10));
        strict.serveAt("b", 1);
        strict.settleDown();
        assertThat(strict.status("a")).isEqualTo(EJECTED);
        assertThat(strict.status("b")).isEqualTo(AVAILABLE);
        assertThat(strict.state("a").reason()).isEqualTo("80.0 % of its calls failed");
    }

    @Test
    void whenEjectionIsOff_thenNobodyIsEjected() {
        Bench lenient = Bench.of(config -> config.ejection(null), "a", "b");
        lenient.failAt("a", 100);
        assertThat(lenient.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenSomethingChanges_thenListenersHearOfItOnce() {
        bench.failAt("a", 5);
        bench.settleDown();
        bench.next(20);
        bench.pass(BASE);
        assertThat(bench.changes())
                .containsExactly(
                        "available -> ejected: a: 5 failures in a row, for 30s", "ejected -> available: a is back");
    }

    @Test
    void whenTheInstanceWasPassedByTheCaller_thenItIsLeasedEvenIfItIsEjected() {
        bench.failAt("a", 5);
        assertThat(bench.attemptAt("a").id()).isEqualTo("a");
    }

    @Test
    void whenAnAddressOutsideThePoolIsPassed_thenTheCallGoesOnWithoutALease() {
        PassedInstance passed = call -> URI.create("http://elsewhere:80");
        Call call = Call.of("stock", Map.of(PassedInstance.class, passed));
        assertThat(bench.policy.acquire(call)).isSameAs(WithoutLease.PERMIT);
        assertThat(call.lease()).isNull();
    }
}

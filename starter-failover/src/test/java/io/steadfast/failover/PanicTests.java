package io.steadfast.failover;

import static io.steadfast.failover.InstanceState.Status.AVAILABLE;
import static io.steadfast.failover.InstanceState.Status.DRAINING;
import static io.steadfast.failover.InstanceState.Status.EJECTED;
import static io.steadfast.failover.InstanceState.Status.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** Health checks, operators, instances that leave, and what happens when too few are left. */
class PanicTests {

    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private final Bench bench = Bench.of("a", "b", "c", "d");

    @Test
    void whenACheckFails_thenNothingIsSentThere() {
        bench.pool.checked("a", false);
        assertThat(bench.status("a")).isEqualTo(UNHEALTHY);
        assertThat(bench.next(8)).doesNotContain("a");
    }

    @Test
    void whenAllChecksFail_thenAllAreUsed() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            bench.pool.checked(id, false);
        }
        assertThat(bench.pool.isInPanic()).isTrue();
        assertThat(bench.next(8)).contains("a", "b", "c", "d");
    }

    @Test
    void whenLessThanHalfAreInService_thenAllAreUsedUntilEnoughAreBack() {
        bench.pool.checked("a", false);
        bench.pool.checked("b", false);
        assertThat(bench.pool.isInPanic()).isFalse();
        bench.pool.checked("c", false);
        assertThat(bench.pool.isInPanic()).isTrue();
        bench.pool.checked("c", true);
        assertThat(bench.pool.isInPanic()).isFalse();
        assertThat(bench.changes())
                .contains(
                        "normal -> panic: so few instances are in service that all are used",
                        "panic -> normal: enough instances are in service again");
    }

    @Test
    void whenThereIsNoThreshold_thenAllAreUsedOnlyIfNoneIsInService() {
        Bench calm = Bench.of(config -> config.panicThreshold(0), "a", "b", "c");
        calm.pool.checked("a", false);
        calm.pool.checked("b", false);
        assertThat(calm.next(6)).containsOnly("c");
        calm.pool.checked("c", false);
        assertThat(calm.next(6)).contains("a", "b", "c");
    }

    @Test
    void whenACheckPasses_thenTheFirstEjectionEnds() {
        bench.failAt("a", 5);
        bench.pool.checked("a", true);
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenAChecksWordHasProvedWrong_thenItIsNotTakenAgain() {
        bench.failAt("a", 5);
        bench.pool.checked("a", true);
        bench.failAt("a", 5);
        bench.pool.checked("a", true);
        assertThat(bench.status("a")).isEqualTo(EJECTED);
    }

    @Test
    void whenAnOperatorEjects_thenNoCheckAndNoPanicBringsItBackButTimeDoes() {
        assertThat(bench.pool.eject("a", A_WHILE)).isTrue();
        bench.pool.checked("a", true);
        assertThat(bench.status("a")).isEqualTo(EJECTED);
        for (String id : new String[] {"b", "c", "d"}) {
            bench.pool.checked(id, false);
        }
        assertThat(bench.pool.isInPanic()).isTrue();
        assertThat(bench.next(9)).doesNotContain("a");
        bench.pass(A_WHILE);
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
    }

    @Test
    void whenAnOperatorHasTakenMostOut_thenThatIsNoPanic() {
        bench.pool.eject("a", A_WHILE);
        bench.pool.eject("b", A_WHILE);
        bench.pool.drain("c", A_WHILE);
        assertThat(bench.pool.isInPanic()).isFalse();
        assertThat(bench.next(4)).containsOnly("d");
    }

    @Test
    void whenOnlyLeavingOnesAreLeft_thenTheyAreUsed() {
        Bench one = Bench.of("a");
        one.pool.drain("a", A_WHILE);
        assertThat(one.next(2)).containsOnly("a");
    }

    @Test
    void whenAnOperatorRestores_thenEverythingElseIsForgotten() {
        bench.failAt("a", 5);
        bench.pool.drain("a", A_WHILE);
        assertThat(bench.pool.restore("a")).isTrue();
        assertThat(bench.status("a")).isEqualTo(AVAILABLE);
        assertThat(bench.state("a").timesEjected()).isZero();
    }

    @Test
    void whenTheInstanceIsUnknown_thenTheOperatorIsTold() {
        assertThat(bench.pool.eject("x", A_WHILE)).isFalse();
        assertThat(bench.pool.drain("x", A_WHILE)).isFalse();
        assertThat(bench.pool.restore("x")).isFalse();
        bench.pool.checked("x", false);
        assertThat(bench.changes()).isEmpty();
    }

    @Test
    void whenTheTimeIsZero_thenItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> bench.pool.eject("a", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.pool.drain("a", Duration.ofSeconds(-1)));
    }

    @Test
    void whenTheTimeIsEndless_thenItDoesNotOverflow() {
        bench.pool.drain("a", Duration.ofSeconds(Long.MAX_VALUE));
        bench.pass(Duration.ofDays(400));
        assertThat(bench.status("a")).isEqualTo(DRAINING);
    }

    @Test
    void whenAnInstanceSaysItIsLeaving_thenNothingMoreIsSentThere() {
        Bench.Attempt attempt = bench.attemptAt("a");
        attempt.lease().leaving(A_WHILE);
        attempt.lease().leaving(A_WHILE);
        assertThat(bench.next(8)).doesNotContain("a");
        assertThat(bench.status("a")).isEqualTo(DRAINING);
        assertThat(bench.inFlight()).isEqualTo(1);
        bench.pass(A_WHILE);
        assertThat(bench.next(8)).contains("a");
        assertThat(bench.changes()).hasSize(2);
    }
}

package io.steadfast.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The short drill, once, and what must be true of it on any machine. What is compared was measured at the same time: no figure here
 * depends on how fast the machine is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillTests {

    private final List<Row> rows = new ArrayList<>();

    @BeforeAll
    void run() {
        try (Drill drill = new Drill(Scale.SHORT, List.of(Side.values()), System.out::println)) {
            rows.addAll(drill.run());
        }
        rows.forEach(System.out::println);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "KILLED", "FROZEN", "ERRING", "SLOW", "DRAINED"})
    void whenOneIsInTrouble_thenNoUserNotices(Trouble trouble) {
        assertThat(ours(trouble).failed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED", "FROZEN", "DRAINED"})
    void whenOneIsGone_thenItIsSetAsideAndNobodyFailsFromThenOn(Trouble trouble) {
        assertThat(ours(trouble).ejectedAfter()).isPresent();
        assertThat(ours(trouble).failedAfterEjection()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void whateverHappens_thenNoMoreUsersFailThanWithThePeer(Trouble trouble) {
        assertThat(failedShare(ours(trouble))).isLessThanOrEqualTo(failedShare(peers(trouble)));
    }

    @Test
    void whenOneAnswersErrors_thenFewerCallsAreMadeInVainThanByThePeer() {
        assertThat(ours(Trouble.ERRING).extra())
                .isLessThan(peers(Trouble.ERRING).extra());
    }

    @Test
    void whenOneIsSlow_thenFewerUsersWaitForItThanWithThePeer() {
        assertThat(ours(Trouble.SLOW).sentToTroubled())
                .isLessThan(peers(Trouble.SLOW).sentToTroubled());
    }

    /** One that was slow gets work again when its expected time has faded; how soon depends on how quick the others are. */
    @ParameterizedTest
    @EnumSource(names = {"KILLED", "FROZEN", "ERRING", "DRAINED", "ALL_KILLED"})
    void whenTheTroubleIsOver_thenEverybodyServesAgain(Trouble trouble) {
        assertThat(ours(trouble).returnedAfter()).isPresent();
    }

    @Test
    void whenTheDrillIsOver_thenNoProcessIsLeft() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private Row ours(Trouble trouble) {
        return row(Side.STEADFAST, trouble);
    }

    private Row peers(Trouble trouble) {
        return row(Side.SPRING_CLOUD, trouble);
    }

    private Row row(Side side, Trouble trouble) {
        return rows.stream()
                .filter(row -> row.side() == side && row.phase().trouble() == trouble)
                .findFirst()
                .orElseThrow();
    }

    private static double failedShare(Row row) {
        return (double) row.failures() / row.users();
    }
}

package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.stream.IntStream;

import io.steadfast.failover.pick.Picker.Selection;
import org.junit.jupiter.api.Test;

class RoundRobinTests {

    @Test
    void whenItGoesRound_thenEachHasItsTurnOncePerRound() {
        Selection selection = Fleet.among(Pickers.seeded(1).roundRobin(), Fleet.weighing(5, 1, 1));

        for (int round = 0; round < 10; round++) {
            assertThat(Fleet.count(selection, Fleet.any(), 3)).hasSize(3);
        }
    }

    @Test
    void whenManyCallersStart_thenTheyDoNotAllBeginAtTheSame() {
        List<String> first = IntStream.range(0, 50)
                .mapToObj(seed -> Fleet.id(Fleet.among(Pickers.seeded(seed).roundRobin(), Fleet.of(3))
                        .pick(Fleet.any())))
                .distinct()
                .toList();

        assertThat(first).hasSize(3);
    }

    @Test
    void whenTheCandidatesChange_thenTheRoundGoesOn() {
        List<FakeCandidate> candidates = Fleet.of(4);
        Picker picker = Pickers.seeded(1).roundRobin();
        String last = Fleet.id(Fleet.among(picker, candidates).pick(Fleet.any()));

        String next = Fleet.id(Fleet.among(picker, candidates).pick(Fleet.any()));

        assertThat(Integer.parseInt(next.substring(1))).isEqualTo((Integer.parseInt(last.substring(1)) + 1) % 4);
    }

    @Test
    void whenOneWarmsUp_thenItHasItsShareOfTurns() {
        List<FakeCandidate> candidates = Fleet.of(3);
        candidates.get(2).share = 0.1;

        assertThat(Fleet.count(Fleet.among(Pickers.seeded(1).roundRobin(), candidates), Fleet.any(), 2_100))
                .containsOnly(entry("i0", 1_000), entry("i1", 1_000), entry("i2", 100));
    }

    @Test
    void whenItGoesByWeight_thenEachHasItsPartOfEachRound() {
        Selection selection = Fleet.among(Pickers.seeded(1).weightedRoundRobin(), Fleet.weighing(5, 1, 1));

        for (int round = 0; round < 10; round++) {
            assertThat(Fleet.count(selection, Fleet.any(), 7))
                    .containsOnly(entry("i0", 5), entry("i1", 1), entry("i2", 1));
        }
    }

    @Test
    void whenItGoesByWeightAndOneWarmsUp_thenItHasItsShareOfItsWeight() {
        List<FakeCandidate> candidates = Fleet.weighing(2, 1);
        candidates.get(0).share = 0.25;

        assertThat(Fleet.count(Fleet.among(Pickers.seeded(1).weightedRoundRobin(), candidates), Fleet.any(), 300))
                .containsOnly(entry("i0", 100), entry("i1", 200));
    }
}

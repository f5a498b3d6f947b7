package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnsTests {

    @Test
    void whenOneIsHeavy_thenTheLightOnesStandBetweenItsTurns() {
        assertThat(Turns.of(new double[] {5, 1, 1})).containsExactly(0, 1, 0, 0, 0, 2, 0);
    }

    @Test
    void whenAllAreEqual_thenTheRoundIsTheirNumber() {
        assertThat(Turns.of(new double[] {7, 7, 7})).containsExactly(0, 1, 2);
    }

    @Property(tries = 200)
    void whenWeightsAreWhole_thenEachStretchOfTheRoundHasAboutItsPart(
            @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = 50) Integer> weights) {
        int[] turns = Turns.of(weights.stream().mapToDouble(weight -> weight).toArray());
        double total = weights.stream().mapToInt(weight -> weight).sum();

        int[] had = new int[weights.size()];
        for (int turn = 0; turn < turns.length; turn++) {
            had[turns[turn]]++;
            for (int i = 0; i < had.length; i++) {
                // Nobody is ever two turns ahead of what is due plus one per neighbour that is due at the same moment.
                double due = (turn + 1) * weights.get(i) / total;
                assertThat(had[i]).isCloseTo((int) Math.round(due), within(2 + weights.size() / 4));
            }
        }
        for (int i = 0; i < had.length; i++) {
            assertThat(had[i] * total).isEqualTo((double) weights.get(i) * turns.length);
        }
    }

    @Test
    void whenThePartsAreTooFine_thenTheRoundIsRoundedAndNobodyIsLeftOut() {
        double[] weights = new double[1_000];
        Arrays.setAll(weights, i -> 1 + i * 0.37);

        int[] turns = Turns.of(weights);

        assertThat(turns.length).isBetween(16_000, 17_500);
        assertThat(Arrays.stream(turns).distinct().count()).isEqualTo(1_000);
        assertThat(Arrays.stream(turns).filter(turn -> turn == 999).count()).isBetween(30L, 35L);
    }
}

package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.failover.pick.Picker.Selection;
import org.junit.jupiter.api.Test;

/** Those that go by load: least connections, and the better of two. */
class LeastLoadedTests {

    @Test
    void whenFewAreThere_thenTheLeastLoadedIsPicked() {
        List<FakeCandidate> candidates = Fleet.of(16);
        candidates.forEach(candidate -> candidate.serving.set(5));
        candidates.get(11).serving.set(4);

        assertThat(Fleet.count(leastConnections(candidates), Fleet.any(), 100)).containsOnlyKeys("i11");
    }

    @Test
    void whenLoadIsComparedByWeight_thenTheHeavyMayServeMore() {
        List<FakeCandidate> candidates = Fleet.weighing(4, 1);
        candidates.get(0).serving.set(7);
        candidates.get(1).serving.set(2);

        assertThat(Fleet.count(leastConnections(candidates), Fleet.any(), 100)).containsOnlyKeys("i0");
    }

    @Test
    void whenNobodyServesAnything_thenPicksFollowTheWeights() {
        Map<String, Integer> counts = Fleet.count(leastConnections(Fleet.weighing(3, 1, 1, 1)), Fleet.any(), 6_000);

        assertThat(counts.get("i0")).isCloseTo(3_000, within(150));
        assertThat(counts.get("i2")).isCloseTo(1_000, within(120));
    }

    @Test
    void whenRequestsStayOpenAtAThousand_thenLoadsAreNearlyEqual() {
        List<FakeCandidate> candidates = Fleet.of(1_000);
        Selection selection = leastConnections(candidates);

        for (int i = 0; i < 10_000; i++) {
            serve(selection);
        }

        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.serving.get()).isBetween(7, 12));
    }

    @Test
    void whenRequestsStayOpen_thenTheBetterOfTwoKeepsLoadsCloseToTheMean() {
        List<FakeCandidate> candidates = Fleet.of(1_000);
        Selection selection = peakEwma(candidates);

        for (int i = 0; i < 10_000; i++) {
            serve(selection);
        }

        // One choice would leave the fullest with about 22; two leave it with log log n above the mean.
        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.serving.get()).isLessThanOrEqualTo(14));
    }

    @Test
    void whenAllCostTheSame_thenTheBetterOfTwoIsAnyOfThem() {
        Map<String, Integer> counts = Fleet.count(peakEwma(Fleet.of(10)), Fleet.any(), 10_000);

        assertThat(Fleet.chiSquare(counts, 10)).isLessThan(27.9); // 9 degrees of freedom, 1 in 1,000
    }

    @Test
    void whenOneIsTheDearest_thenItIsNeverTheBetterOfTwo() {
        List<FakeCandidate> candidates = Fleet.of(5);
        candidates.get(3).latency = 9;

        assertThat(Fleet.count(peakEwma(candidates), Fleet.any(), 1_000)).containsOnlyKeys("i0", "i1", "i2", "i4");
    }

    @Test
    void whenRequestsStayOpen_thenTheBetterOfTwoServesByWeightAndShare() {
        List<FakeCandidate> candidates = Fleet.weighing(4, 2, 2);
        candidates.get(2).share = 0.5;
        Selection selection = peakEwma(candidates);

        for (int i = 0; i < 700; i++) {
            serve(selection);
        }

        Map<String, Integer> serving = new HashMap<>();
        candidates.forEach(candidate -> serving.put(candidate.toString(), candidate.serving.get()));
        assertThat(serving.get("i0")).isCloseTo(400, within(40));
        assertThat(serving.get("i1")).isCloseTo(200, within(30));
        assertThat(serving.get("i2")).isCloseTo(100, within(20));
    }

    @Test
    void whenThereIsHardlyAnyLoad_thenSmallDifferencesStarveNobody() {
        List<FakeCandidate> candidates = Fleet.of(3);
        candidates.get(0).latency = 1.2;
        candidates.get(1).latency = 1.1;

        Map<String, Integer> counts = Fleet.count(peakEwma(candidates), Fleet.any(), 9_000);

        assertThat(counts.values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isCloseTo(3_000, within(200)));
    }

    @Test
    void whenThereIsHardlyAnyLoad_thenPicksFollowTheWeights() {
        Map<String, Integer> counts = Fleet.count(peakEwma(Fleet.weighing(2, 1)), Fleet.any(), 9_000);

        assertThat(counts.get("i0")).isCloseTo(6_000, within(250));
    }

    @Test
    void whenOneWorksUpToItsShare_thenItGetsThatHoweverFastOrSlowItIs() {
        for (double latency : new double[] {0, 1}) {
            List<FakeCandidate> candidates = Fleet.of(2);
            candidates.get(1).share = 0.1;
            candidates.get(1).latency = latency;

            Map<String, Integer> counts = Fleet.count(peakEwma(candidates), Fleet.any(), 10_000);

            assertThat(counts.get("i1")).as("latency %s", latency).isBetween(400, 1_100);
        }
    }

    @Test
    void whenTwoAreLeftOfThree_thenTheBetterOfThemIsPicked() {
        List<FakeCandidate> candidates = Fleet.of(3);
        candidates.get(2).latency = 2;

        assertThat(Fleet.count(peakEwma(candidates), Fleet.excluding(candidates.get(0)), 200))
                .containsOnlyKeys("i1");
    }

    private static void serve(Selection selection) {
        FakeCandidate picked = (FakeCandidate) selection.pick(Fleet.any());
        assertThat(picked).isNotNull();
        picked.serving.incrementAndGet();
    }

    private static Selection leastConnections(List<FakeCandidate> candidates) {
        return Fleet.among(Pickers.seeded(11).leastConnections(), candidates);
    }

    private static Selection peakEwma(List<FakeCandidate> candidates) {
        return Fleet.among(Pickers.seeded(11).peakEwma(), candidates);
    }
}

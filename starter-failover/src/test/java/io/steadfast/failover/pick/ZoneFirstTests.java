package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;

import io.steadfast.core.Instance;
import io.steadfast.failover.pick.Picker.Choice;
import io.steadfast.failover.pick.Picker.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneFirstTests {

    private final List<FakeCandidate> own = Fleet.inZone("a", 100);

    private final List<FakeCandidate> others = Fleet.inZone("b", 100);

    /** Envoy's documented table: healthy in the own zone, healthy elsewhere, percent that stays. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 100",
        "72, 72, 100",
        "71, 71, 99.4",
        "50, 50, 70",
        "50, 100, 70",
        "25, 100, 35",
        "0, 100, 0",
        "25, 25, 50",
        "5, 20, 20"
    })
    void whenPartOfTheZoneIsInService_thenThatPartOfTheTrafficStays(int healthy, int elsewhere, double percent) {
        own.subList(healthy, 100).forEach(candidate -> candidate.available = false);
        others.subList(elsewhere, 100).forEach(candidate -> candidate.available = false);

        assertThat(stays()).isCloseTo(percent, within(percent % 100 == 0 ? 0 : 1.0));
    }

    @Test
    void whenNobodyIsInService_thenTrafficStaysAtHome() {
        List<FakeCandidate> members = Fleet.together(own, others);
        members.forEach(candidate -> candidate.available = false);

        assertThat(stays(new Offer(members, members))).isEqualTo(100);
    }

    @Test
    void whenAHeavyOneIsOut_thenItsWeightCounts() {
        List<FakeCandidate> members = Fleet.together(zoned("a", 3, 1), zoned("b", 1, 1));
        members.get(0).available = false;

        assertThat(stays(new Offer(Fleet.available(members), members))).isCloseTo(35, within(1.0));
    }

    @Test
    void whenNobodyIsInTheZone_thenThereIsOneZoneOnly() {
        Picker picker = Pickers.seeded(1).zoneFirst("c", Pickers.seeded(1)::roundRobin);

        assertThat(Fleet.count(Fleet.among(picker, Fleet.together(own, others)), Fleet.any(), 200))
                .hasSize(200);
    }

    @Test
    void whenNobodyKnowsTheZone_thenThereIsOneZoneOnly() {
        assertThat(Pickers.seeded(1).zoneFirst(null, Pickers.seeded(1)::roundRobin))
                .isInstanceOf(RoundsPicker.class);
    }

    @Test
    void whenTheZoneHasBeenTried_thenTheCallGoesElsewhere() {
        Choice tried = new Choice(own::contains, null, 0);

        assertThat(Fleet.id(Fleet.among(picker(), Fleet.together(own, others)).pick(tried)))
                .startsWith("b");
    }

    @Test
    void whenTrafficSpills_thenTheSameKeyStaysOnItsSide() {
        own.subList(50, 100).forEach(candidate -> candidate.available = false);
        List<FakeCandidate> members = Fleet.together(own, others);
        Picker picker = Pickers.seeded(1).zoneFirst("a", Pickers.seeded(1)::consistentHash);
        Offer offer = new Offer(Fleet.available(members), members);

        List<String> first = Fleet.homes(picker.among(offer, 0), 2_000);

        assertThat(Fleet.homes(picker.among(offer, 0), 2_000)).isEqualTo(first);
        assertThat(first.stream().filter(home -> home.startsWith("a")).count() / 20.0)
                .isCloseTo(70, within(4.0));
    }

    private double stays() {
        List<FakeCandidate> members = Fleet.together(own, others);
        return stays(new Offer(Fleet.available(members), members));
    }

    private static double stays(Offer offer) {
        return Fleet.count(picker().among(offer, 0), Fleet.any(), 20_000).entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("a"))
                        .mapToInt(entry -> entry.getValue())
                        .sum()
                / 200.0;
    }

    private static Picker picker() {
        return Pickers.seeded(1).zoneFirst("a", Pickers.seeded(2)::weightedRoundRobin);
    }

    private static List<FakeCandidate> zoned(String zone, int... weights) {
        List<FakeCandidate> weighing = Fleet.weighing(weights);
        return weighing.stream()
                .map(candidate -> new FakeCandidate(new Instance(
                        "inventory",
                        zone + candidate,
                        candidate.instance().uri(),
                        candidate.instance().weight(),
                        zone,
                        Map.of())))
                .toList();
    }
}

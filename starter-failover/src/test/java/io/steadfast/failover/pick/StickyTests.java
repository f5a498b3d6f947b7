package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;

import io.steadfast.failover.pick.Picker.Choice;
import org.junit.jupiter.api.Test;

class StickyTests {

    private final List<FakeCandidate> candidates = Fleet.of(5);

    private final Picker picker = Pickers.seeded(1).sticky();

    @Test
    void whenAKeyComesAgain_thenItGoesWhereItWent() {
        List<String> first = Fleet.homes(Fleet.among(picker, candidates), 100);

        assertThat(Fleet.homes(Fleet.among(picker, candidates), 100)).isEqualTo(first);
        assertThat(first).contains("i0", "i1", "i2", "i3", "i4");
    }

    @Test
    void whenItsInstanceIsNoCandidate_thenTheKeyMovesForGood() {
        FakeCandidate home = pick("cart-7", candidates);

        FakeCandidate next = pick("cart-7", Fleet.without(candidates, home));

        assertThat(next).isNotSameAs(home);
        assertThat(Fleet.count(Fleet.among(picker, candidates), Fleet.withKey("cart-7"), 20))
                .containsOnlyKeys(Fleet.id(next));
    }

    @Test
    void whenACallHasTriedItsInstance_thenItGoesElsewhereAndTheKeyStays() {
        FakeCandidate home = pick("cart-7", candidates);

        Candidate other = Fleet.among(picker, candidates).pick(new Choice(candidate -> candidate == home, "cart-7", 0));

        assertThat(other).isNotNull().isNotSameAs(home);
        assertThat(pick("cart-7", candidates)).isSameAs(home);
    }

    @Test
    void whenThereIsNoKey_thenTheBetterOfTwoIsPicked() {
        candidates.get(3).latency = 9;

        assertThat(Fleet.count(Fleet.among(picker, candidates), Fleet.any(), 1_000))
                .containsOnlyKeys("i0", "i1", "i2", "i4");
    }

    @Test
    void whenKeysAreMoreThanTheBound_thenTheOldestAreForgotten() {
        Homes homes = new Homes(100);
        for (int i = 0; i < 10_000; i++) {
            homes.settle(i, null, "i0");
        }

        assertThat(homes.size()).isBetween(50, 100);
        assertThat(homes.of(9_999)).isEqualTo("i0");
        assertThat(homes.of(0)).isNull();
    }

    @Test
    void whenAKeyIsUsedAgainAndAgain_thenItIsNotForgotten() {
        Homes homes = new Homes(100);
        homes.settle("mine", null, "i3");
        for (int i = 0; i < 10_000; i++) {
            homes.settle(i, null, "i0");
            assertThat(homes.of("mine")).isEqualTo("i3");
        }
    }

    @Test
    void whenTwoCallsSettleANewKey_thenTheFirstDecides() {
        Homes homes = new Homes(100);

        assertThat(homes.settle("mine", null, "i1")).isEqualTo("i1");
        assertThat(homes.settle("mine", null, "i2")).isEqualTo("i1");
        assertThat(homes.settle("mine", "i1", "i4")).isEqualTo("i4");
        assertThat(homes.settle("mine", "i1", "i2")).isEqualTo("i4");
    }

    @Test
    void whenTheBoundIsTooSmall_thenItIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pickers.standard().sticky(1))
                .withMessageContaining("2 or more");
    }

    @Test
    void whenZonesAreWrappedAround_thenEachSideKeepsItsOwnKeys() {
        List<FakeCandidate> members = Fleet.together(Fleet.inZone("a", 2), Fleet.inZone("b", 2));
        Pickers pickers = Pickers.seeded(1);
        Picker zoned = pickers.zoneFirst("a", pickers::sticky);
        Map<String, Integer> homes = Fleet.count(Fleet.among(zoned, members), Fleet.withKey("cart-7"), 20);
        Fleet.among(zoned, members)
                .pick(new Choice(candidate -> "a".equals(candidate.instance().zone()), "cart-7", 0));

        assertThat(homes).hasSize(1);
        assertThat(Fleet.count(Fleet.among(zoned, members), Fleet.withKey("cart-7"), 20))
                .isEqualTo(homes);
    }

    private FakeCandidate pick(String key, List<FakeCandidate> among) {
        FakeCandidate picked = (FakeCandidate) Fleet.among(picker, among).pick(Fleet.withKey(key));
        assertThat(picked).isNotNull();
        return picked;
    }
}

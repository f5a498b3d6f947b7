package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.steadfast.failover.pick.Picker.Choice;
import io.steadfast.failover.pick.Picker.Offer;
import io.steadfast.failover.pick.Picker.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class ConsistentHashTests {

    private static final int KEYS = 10_000;

    @Test
    void whenTheKeyIsTheSame_thenEveryProcessPicksTheSame() {
        List<String> here = Fleet.homes(hash(1, Fleet.of(10)), KEYS);

        assertThat(Fleet.homes(hash(2, Fleet.of(10)), KEYS)).isEqualTo(here);
    }

    @Test
    void whenKeysAreMany_thenAllHaveTheirPart() {
        Map<String, Integer> counts = count(Fleet.homes(hash(1, Fleet.of(10)), KEYS));

        assertThat(Fleet.chiSquare(counts, 10)).isLessThan(27.9); // 9 degrees of freedom, 1 in 1,000
    }

    @Test
    void whenWeightsDiffer_thenKeysFollowThem() {
        Map<String, Integer> counts = count(Fleet.homes(hash(1, Fleet.weighing(3, 1, 1)), KEYS));

        assertThat(counts.get("i0")).isCloseTo(6_000, within(200));
        assertThat(counts.get("i1")).isCloseTo(2_000, within(150));
    }

    @Test
    void whenOneLeavesThePool_thenFewOtherKeysMove() {
        List<FakeCandidate> candidates = Fleet.of(10);
        Picker picker = Pickers.seeded(1).consistentHash();
        List<String> before = Fleet.homes(Fleet.among(picker, candidates), KEYS);

        List<String> after = Fleet.homes(Fleet.among(picker, Fleet.without(candidates, candidates.get(4))), KEYS);

        long moved = moved(before, after, "i4");
        assertThat(moved).isLessThan(KEYS * 5 / 100);
        assertThat(after).doesNotContain("i4");
    }

    @Test
    void whenOneJoinsThePool_thenFewKeysMoveElsewhere() {
        Picker picker = Pickers.seeded(1).consistentHash();
        List<String> before = Fleet.homes(Fleet.among(picker, Fleet.of(10)), KEYS);

        List<String> after = Fleet.homes(Fleet.among(picker, Fleet.of(11)), KEYS);

        assertThat(moved(after, before, "i10")).isLessThan(KEYS * 5 / 100);
        assertThat(count(after).get("i10")).isCloseTo(KEYS / 11, within(120));
    }

    @Test
    void whenOneIsEjected_thenNoOtherKeyMoves() {
        List<FakeCandidate> members = Fleet.of(10);
        Picker picker = Pickers.seeded(1).consistentHash();
        List<String> before = Fleet.homes(Fleet.among(picker, members), KEYS);

        Offer offer = new Offer(Fleet.without(members, members.get(4)), members);
        List<String> meanwhile = Fleet.homes(picker.among(offer, 0), KEYS);

        assertThat(moved(before, meanwhile, "i4")).isZero();
        assertThat(Fleet.chiSquare(count(meanwhile), 9)).isLessThan(26.1); // what it had is spread over all others
        assertThat(Fleet.homes(Fleet.among(picker, members), KEYS)).isEqualTo(before);
    }

    @Test
    void whenOneWarmsUp_thenThatPartOfItsKeysIsThere() {
        List<FakeCandidate> members = Fleet.of(10);
        Picker picker = Pickers.seeded(1).consistentHash();
        List<String> warm = Fleet.homes(Fleet.among(picker, members), KEYS);
        members.get(4).share = 0.5;

        List<String> warming = Fleet.homes(Fleet.among(picker, members), KEYS);

        assertThat((double) count(warming).get("i4") / count(warm).get("i4")).isCloseTo(0.5, within(0.06));
        assertThat(moved(warm, warming, "i4")).isZero();
    }

    @Test
    void whenOneKeyIsHot_thenNobodyServesMuchMoreThanTheMean() {
        assertBounded(Fleet.of(10), 1_000);
    }

    @Test
    void whenOneKeyIsHotAtAThousand_thenNobodyServesMuchMoreThanTheMean() {
        assertBounded(Fleet.of(1_000), 20_000);
    }

    private static void assertBounded(List<FakeCandidate> candidates, int requests) {
        Selection selection = hash(1, candidates);
        for (int i = 0; i < requests; i++) {
            FakeCandidate picked = (FakeCandidate) selection.pick(Fleet.withKey("hot"));
            assertThat(picked).isNotNull();
            picked.serving.incrementAndGet();
        }
        int mean = requests / candidates.size();
        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.serving.get()).isLessThanOrEqualTo(mean * 5 / 4 + 1));
    }

    @Test
    void whenTheLoadGoes_thenTheKeyIsBackHome() {
        List<FakeCandidate> candidates = Fleet.of(5);
        Selection selection = hash(1, candidates);
        FakeCandidate home = (FakeCandidate) selection.pick(Fleet.withKey("cart-7"));
        assertThat(home).isNotNull();
        home.serving.set(50);
        assertThat(selection.pick(Fleet.withKey("cart-7"))).isNotSameAs(home);

        home.serving.set(0);

        assertThat(selection.pick(Fleet.withKey("cart-7"))).isSameAs(home);
    }

    @Test
    void whenTheFirstPlaceWasTried_thenTheSecondIsAlwaysTheSame() {
        List<FakeCandidate> candidates = Fleet.of(8);
        Selection selection = hash(1, candidates);
        Candidate home = selection.pick(Fleet.withKey("cart-7"));

        Choice again = new Choice(candidate -> candidate == home, "cart-7", 0);

        assertThat(Fleet.count(selection, again, 50)).hasSize(1);
    }

    @Test
    void whenThereIsNoKey_thenTheBetterOfTwoIsPicked() {
        List<FakeCandidate> candidates = Fleet.of(5);
        candidates.get(3).latency = 9;

        assertThat(Fleet.count(hash(1, candidates), Fleet.any(), 1_000)).containsOnlyKeys("i0", "i1", "i2", "i4");
    }

    @Test
    void whenClientsComeFromOtherPorts_thenTheirAddressDecides() throws Exception {
        Selection selection = Fleet.among(Pickers.seeded(1).ipHash(), Fleet.of(100));
        InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 3, 4});

        assertThat(List.of(
                        Fleet.id(selection.pick(Fleet.withKey("10.0.3.4"))),
                        Fleet.id(selection.pick(Fleet.withKey("10.0.3.4:5001"))),
                        Fleet.id(selection.pick(Fleet.withKey(address))),
                        Fleet.id(selection.pick(Fleet.withKey(new InetSocketAddress(address, 80))))))
                .containsOnly(Fleet.id(selection.pick(Fleet.withKey("10.0.3.4:5002"))));
        assertThat(AddressKey.of("[2001:db8::7]:443")).isEqualTo(AddressKey.of("2001:db8::7"));
    }

    @Test
    void whenKeysAreArraysOrConstants_thenTheirContentsDecide() {
        assertThat(Hashes.ofKey(new byte[] {1, 2})).isEqualTo(Hashes.ofKey(new byte[] {1, 2}));
        assertThat(Hashes.ofKey(new Object[] {"a", 1})).isEqualTo(Hashes.ofKey(new Object[] {"a", 1}));
        assertThat(Hashes.ofKey(Kind.STICKY)).isEqualTo(Hashes.ofKey("STICKY"));
    }

    /** How many keys are at another place although theirs was another one than this. */
    private static long moved(List<String> before, List<String> after, String gone) {
        return IntStream.range(0, before.size())
                .filter(i -> !before.get(i).equals(gone) && !before.get(i).equals(after.get(i)))
                .count();
    }

    private static Map<String, Integer> count(List<String> homes) {
        Map<String, Integer> counts = new HashMap<>();
        homes.forEach(home -> counts.merge(home, 1, Integer::sum));
        return counts;
    }

    private static Selection hash(long seed, List<FakeCandidate> candidates) {
        return Fleet.among(Pickers.seeded(seed).consistentHash(), candidates);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
    void whenAllLoseTheirWeightWhileTheTableIsMade_thenItIsMade() {
        List<MaglevTable.Member> weightless = List.of(new MaglevTable.Member("a", 0), new MaglevTable.Member("b", 0));
        assertThat(MaglevTable.of(weightless, null).memberAt(4711)).isBetween(0, 1);
    }
}

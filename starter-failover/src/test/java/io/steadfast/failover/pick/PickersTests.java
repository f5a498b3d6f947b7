package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.steadfast.failover.pick.Picker.Choice;
import io.steadfast.failover.pick.Picker.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all pickers owe, whatever they go by. */
class PickersTests {

    @ParameterizedTest
    @EnumSource
    void whenThereIsOneCandidate_thenItIsPicked(Kind kind) {
        Selection selection = Fleet.among(kind.seeded(1), Fleet.of(1));

        assertThat(Fleet.count(selection, Fleet.any(), 20)).containsOnlyKeys("i0");
        assertThat(Fleet.count(selection, Fleet.withKey("key"), 20)).containsOnlyKeys("i0");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheOnlyCandidateIsExcluded_thenNobodyIsPicked(Kind kind) {
        List<FakeCandidate> one = Fleet.of(1);

        assertThat(Fleet.among(kind.seeded(1), one).pick(Fleet.excluding(one.get(0))))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenAWeightIsZero_thenItHasNoTraffic(Kind kind) {
        List<FakeCandidate> candidates = Fleet.weighing(1, 0, 1);
        Selection selection = Fleet.among(kind.seeded(1), candidates);

        assertThat(Fleet.homes(selection, 300)).containsOnly("i0", "i2");
        assertThat(Fleet.count(selection, Fleet.any(), 300)).containsOnlyKeys("i0", "i2");
        assertThat(selection.pick(Fleet.excluding(candidates.get(0), candidates.get(2))))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenAllWeightsAreZero_thenAllHaveTraffic(Kind kind) {
        Selection selection = Fleet.among(kind.seeded(1), Fleet.weighing(0, 0, 0));

        assertThat(new HashSet<>(Fleet.homes(selection, 300))).containsExactlyInAnyOrder("i0", "i1", "i2");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSeedIsTheSame_thenThePicksAreTheSame(Kind kind) {
        List<String> once = picks(kind.seeded(7));

        assertThat(picks(kind.seeded(7))).isEqualTo(once);
    }

    private static List<String> picks(Picker picker) {
        Selection selection = Fleet.among(picker, Fleet.of(9));
        return IntStream.range(0, 200)
                .mapToObj(i -> Fleet.id(selection.pick(i % 2 == 0 ? Fleet.any() : Fleet.withKey(i))))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whenThereAreAThousand_thenAFewAreAskedPerPick(Kind kind) {
        List<FakeCandidate> candidates = Fleet.of(1_000);
        Selection selection = Fleet.among(kind.seeded(3), candidates);
        candidates.forEach(candidate -> candidate.asked.set(0));

        for (int i = 0; i < 1_000; i++) {
            selection.pick(i % 2 == 0 ? Fleet.any() : Fleet.withKey("user-" + i));
        }

        int asked =
                candidates.stream().mapToInt(candidate -> candidate.asked.get()).sum();
        assertThat(asked / 1_000.0).as("questions per pick").isLessThanOrEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource
    void whenThereAreAThousand_thenTheExclusionIsTestedAFewTimesPerPick(Kind kind) {
        List<FakeCandidate> candidates = Fleet.of(1_000);
        Selection selection = Fleet.among(kind.seeded(3), candidates);
        int[] tested = {0};

        for (int i = 0; i < 1_000; i++) {
            FakeCandidate excluded = candidates.get(i);
            Choice choice = new Choice(
                    candidate -> {
                        tested[0]++;
                        return candidate == excluded;
                    },
                    "user-" + i,
                    0);
            assertThat(selection.pick(choice)).isNotNull().isNotSameAs(excluded);
        }

        assertThat(tested[0] / 1_000.0).as("tests per pick").isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IP_HASH")
    void whenItIsPicked_thenNothingIsAllocated(Kind kind) {
        Selection selection = Fleet.among(kind.seeded(5), Fleet.of(100));
        Choice choice = Fleet.withKey("user-1");
        Choice keyless = Fleet.any();
        pickOften(selection, choice, keyless);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        pickOften(selection, choice, keyless);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes).as("bytes in 20,000 picks").isLessThan(20_000); // less than 1 each: what the JVM itself needs
    }

    private static void pickOften(Selection selection, Choice one, Choice other) {
        for (int i = 0; i < 10_000; i++) {
            selection.pick(one);
            selection.pick(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenManyThreadsPickWhileTheCandidatesChange_thenEachGetsOneOfItsCandidates(Kind kind) throws Exception {
        List<FakeCandidate> candidates = Fleet.of(20);
        Picker picker = kind.standard();
        Selection[] selections = {Fleet.among(picker, candidates), Fleet.among(picker, candidates.subList(5, 20))};
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> pickInTurns(selections, number, candidates, wrong)))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
    }

    private static void pickInTurns(
            Selection[] selections, int number, List<FakeCandidate> candidates, Queue<String> wrong) {
        for (int i = 0; i < 20_000; i++) {
            boolean few = (i + number) % 2 == 1;
            FakeCandidate excluded = candidates.get(5 + i % 15);
            Choice choice = new Choice(candidate -> candidate == excluded, i % 3 == 0 ? null : i % 50, 0);
            FakeCandidate picked = (FakeCandidate) selections[few ? 1 : 0].pick(choice);
            if (picked == null || picked == excluded || few && candidates.indexOf(picked) < 5) {
                wrong.add(picked + " instead of " + excluded);
                return;
            }
            picked.serving.incrementAndGet();
            picked.serving.decrementAndGet();
        }
    }

    @Test
    void whenNobodyIsOffered_thenTheOfferIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Picker.Offer(List.of()))
                .withMessageContaining("at least one");
    }

    @Test
    void whenNoSeedIsGiven_thenTheRunsDiffer() {
        Set<List<String>> runs = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            runs.add(picks(Pickers.standard().peakEwma()));
        }

        assertThat(runs).hasSizeGreaterThan(1);
    }
}

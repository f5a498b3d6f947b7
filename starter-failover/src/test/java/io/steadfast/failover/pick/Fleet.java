package io.steadfast.failover.pick;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.steadfast.core.Instance;
import io.steadfast.failover.pick.Picker.Choice;
import io.steadfast.failover.pick.Picker.Offer;
import org.jspecify.annotations.Nullable;

/** Makes candidates, and counts what pickers do with them. */
final class Fleet {

    private Fleet() {}

    static List<FakeCandidate> of(int size) {
        return of(size, i -> 1);
    }

    static List<FakeCandidate> weighing(int... weights) {
        return of(weights.length, i -> weights[i]);
    }

    static List<FakeCandidate> of(int size, IntFunction<Integer> weights) {
        return IntStream.range(0, size)
                .mapToObj(i -> new FakeCandidate(instance("i" + i, weights.apply(i), null)))
                .toList();
    }

    static List<FakeCandidate> inZone(String zone, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new FakeCandidate(instance(zone + i, 1, zone)))
                .toList();
    }

    static List<FakeCandidate> available(List<FakeCandidate> members) {
        return members.stream().filter(Candidate::isAvailable).toList();
    }

    @SafeVarargs
    static List<FakeCandidate> together(List<FakeCandidate>... groups) {
        List<FakeCandidate> all = new ArrayList<>();
        for (List<FakeCandidate> group : groups) {
            all.addAll(group);
        }
        return all;
    }

    static List<FakeCandidate> without(List<FakeCandidate> candidates, FakeCandidate gone) {
        return candidates.stream().filter(candidate -> candidate != gone).toList();
    }

    static Picker.Selection among(Picker picker, List<FakeCandidate> candidates) {
        return picker.among(new Offer(candidates), 0);
    }

    static Choice any() {
        return new Choice(candidate -> false, null, 0);
    }

    static Choice withKey(Object key) {
        return new Choice(candidate -> false, key, 0);
    }

    static Choice excluding(FakeCandidate... excluded) {
        Set<Candidate> all = new HashSet<>(List.of(excluded));
        return new Choice(all::contains, null, 0);
    }

    /** Picks so many times; who was picked how often, by id. */
    static Map<String, Integer> count(Picker.Selection selection, Choice choice, int picks) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < picks; i++) {
            counts.merge(id(selection.pick(choice)), 1, Integer::sum);
        }
        return counts;
    }

    /** Where the keys {@code user-0} and so on go, in their order. */
    static List<String> homes(Picker.Selection selection, int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> id(selection.pick(withKey("user-" + i))))
                .toList();
    }

    static String id(@Nullable Candidate candidate) {
        return candidate == null ? "nobody" : candidate.instance().id();
    }

    /** Pearson's statistic against equal parts. */
    static double chiSquare(Map<String, Integer> counts, int candidates) {
        double expected = counts.values().stream().mapToInt(count -> count).sum() / (double) candidates;
        double sum = (candidates - counts.size()) * expected;
        for (int count : counts.values()) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    private static Instance instance(String id, int weight, @Nullable String zone) {
        return new Instance("inventory", id, URI.create("http://" + id), weight, zone, Map.of());
    }
}

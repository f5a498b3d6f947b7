package io.steadfast.failover.pick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import io.steadfast.failover.pick.Picker.Choice;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whoever has been tried is not picked again, and somebody is picked while somebody is left. */
class ExclusionPropertyTests {

    @Property(tries = 300)
    void whenSomeAreExcluded_thenOneOfTheOthersIsPicked(
            @ForAll Kind kind,
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> weights,
            @ForAll Set<@IntRange(max = 39) Integer> excluded,
            @ForAll @IntRange(max = 20) int load,
            @ForAll boolean keyed) {
        List<FakeCandidate> candidates = Fleet.of(weights.size(), weights::get);
        candidates.forEach(candidate -> candidate.serving.set((int) Math.abs(candidate.hashCode() % (load + 1L))));
        boolean weightless = weights.stream().allMatch(weight -> weight == 0);
        List<FakeCandidate> left = candidates.stream()
                .filter(candidate -> weightless || candidate.instance().weight() > 0)
                .filter(candidate -> !excluded.contains(candidates.indexOf(candidate)))
                .toList();

        Candidate picked = Fleet.among(kind.seeded(seed), candidates)
                .pick(new Choice(
                        candidate -> excluded.contains(candidates.indexOf(candidate)), keyed ? seed : null, 0));

        if (left.isEmpty()) {
            assertThat(picked).isNull();
        } else {
            assertThat(picked).isIn(left);
        }
    }
}

package io.steadfast.bulkhead;

import static io.steadfast.bulkhead.Priority.CRITICAL;
import static io.steadfast.bulkhead.Priority.NORMAL;
import static io.steadfast.bulkhead.Priority.SHEDDABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CeilingsTests {

    @Test
    void whenAllClassesAreSeen_thenEachLeavesATenthToEachHigherOne() {
        assertThat(all(25)).containsExactly(25, 22, 19);
        assertThat(all(10)).containsExactly(10, 9, 8);
        assertThat(all(11)).containsExactly(11, 9, 7);
        assertThat(all(100)).containsExactly(100, 90, 80);
    }

    @Test
    void whenTheLimitIsSmall_thenEachHigherClassStillHasAPlaceOfItsOwnWhereThereIsOne() {
        assertThat(all(1)).containsExactly(1, 1, 1);
        assertThat(all(2)).containsExactly(2, 1, 1);
        assertThat(all(3)).containsExactly(3, 2, 1);
        assertThat(all(4)).containsExactly(4, 3, 2);
        assertThat(all(5)).containsExactly(5, 4, 3);
    }

    @Test
    void whenTheGuideShowsThemInATable_thenTheyAreThose() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/bulkhead.md"));

        for (int limit : new int[] {1, 2, 3, 4, 10, 25, 100}) {
            List<Integer> ceilings = all(limit);
            assertThat(guide)
                    .contains("| " + limit + " | " + ceilings.get(0) + " | " + ceilings.get(1) + " | " + ceilings.get(2)
                            + " |");
        }
    }

    @Test
    void whenOnlyOneClassIsSeen_thenItHasTheWholeLimit() {
        for (Priority only : Priority.values()) {
            assertThat(new Ceilings(25).knowing(only).of(only)).isEqualTo(25);
        }
    }

    @Test
    void whenTwoClassesAreSeen_thenTheLowerLeavesOneTenth() {
        assertThat(of(25, CRITICAL, SHEDDABLE)).containsExactly(25, 0, 22);
        assertThat(of(25, NORMAL, SHEDDABLE)).containsExactly(0, 25, 22);
        assertThat(of(2, CRITICAL, NORMAL)).containsExactly(2, 1, 0);
    }

    @Test
    void whenTheLimitChanges_thenTheClassesStayKnown() {
        Ceilings before = new Ceilings(25).knowing(CRITICAL).knowing(NORMAL);

        assertThat(before.withLimit(50).of(NORMAL)).isEqualTo(45);
        assertThat(before.withLimit(50).knows(SHEDDABLE)).isFalse();
    }

    @Property
    void whateverTheLimitAndTheClasses_thenCeilingsNeverRiseTowardsLowerClassesAndNobodyIsShutOut(
            @ForAll @IntRange(min = 1, max = BulkheadConfig.MOST_CALLS) int limit, @ForAll Set<Priority> seen) {
        Ceilings ceilings = new Ceilings(limit);
        for (Priority priority : seen) {
            ceilings = ceilings.knowing(priority);
        }
        int above = limit;
        for (Priority priority : Priority.values()) {
            if (seen.contains(priority)) {
                assertThat(ceilings.of(priority)).isBetween(1, above);
                above = ceilings.of(priority);
            } else {
                assertThat(ceilings.of(priority)).isZero();
            }
        }
        assertThat(above).isGreaterThanOrEqualTo(Math.max(1, limit - 2 * ((limit + 9) / 10)));
    }

    private static List<Integer> all(int limit) {
        return of(limit, Priority.values());
    }

    private static List<Integer> of(int limit, Priority... seen) {
        Ceilings ceilings = new Ceilings(limit);
        for (Priority priority : seen) {
            ceilings = ceilings.knowing(priority);
        }
        return List.of(ceilings.of(CRITICAL), ceilings.of(NORMAL), ceilings.of(SHEDDABLE));
    }
}

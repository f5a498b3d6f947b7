package io.steadfast.samples.storefront.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class TableTests {

    private static final Reading BUSY = new Reading(
            new Visits(88, 7, 5),
            Map.of(
                    Dependency.CATALOGUE, new Activity(100, 133, 38, 28, 0, ""),
                    Dependency.STOCK, new Activity(95, 120, 30, 20, 5, "closed"),
                    Dependency.PRICE, new Activity(95, 10, 10, 0, 95, "half_open"),
                    Dependency.RECOMMENDATIONS, new Activity(95, 3, 3, 0, 95, "open")));

    @Test
    void whenMuchHappens_thenTheRowShowsIt() {
        assertThat(Table.row(15, BUSY))
                .isEqualTo("  15|  88    7    5| 100 133  38  28|  95 120  30  20   5  closed"
                        + "|  95  10  10   -  95    half|  95   3   3  95    OPEN");
    }

    @Test
    void whenNothingHappens_thenTheRowIsDashes() {
        assertThat(Table.row(5, Reading.NOTHING).replace(" ", "").replace("|", ""))
                .isEqualTo("5" + "-".repeat(3 + 4 + 5 + 5 + 4));
    }

    @Test
    void whenRowAndHeaderAreCompared_thenTheyAreEquallyWideAndFitATerminal() {
        assertThat(Table.header())
                .allSatisfy(line ->
                        assertThat(line).hasSameSizeAs(Table.row(600, BUSY)).hasSizeLessThan(120));
    }

    @Test
    void whenTwoReadingsAreSubtracted_thenCountsAreDifferencesAndStatesAreTheLatest() {
        Reading later =
                new Reading(new Visits(90, 8, 5), Map.of(Dependency.STOCK, new Activity(100, 126, 31, 21, 5, "open")));

        Reading difference = later.since(BUSY);

        assertThat(difference.visits()).isEqualTo(new Visits(2, 1, 0));
        assertThat(difference.of(Dependency.STOCK)).isEqualTo(new Activity(5, 6, 1, 1, 0, "open"));
    }
}

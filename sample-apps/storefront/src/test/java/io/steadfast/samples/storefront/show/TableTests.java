package io.steadfast.samples.storefront.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TableTests {

    private static final Reading BUSY = new Reading(
            new Visits(88, 7, 5, Duration.ofMillis(1540)),
            Map.of(
                    Dependency.CATALOGUE, new Activity(133, 38, 28, 0, 0, 0, ""),
                    Dependency.STOCK, new Activity(120, 30, 20, 0, 0, 5, "closed"),
                    Dependency.RECOMMENDATIONS, new Activity(23, 3, 0, 0, 72, 95, "open"),
                    Dependency.PRICE, new Activity(110, 26, 0, 25, 0, 95, "half_open")),
            new Crawl(50, 450));

    @Test
    void whenMuchHappens_thenTheRowShowsIt() {
        assertThat(Table.row(15, BUSY))
                .isEqualTo("  15|  88    7    5  1.5| 133  38  28| 120  30  20   5  closed"
                        + "|  23   3  72  95    OPEN| 110  25  95    half|  50 450");
    }

    @Test
    void whenNothingHappens_thenTheRowIsDashes() {
        assertThat(Table.row(5, Reading.NOTHING).replace(" ", "").replace("|", ""))
                .isEqualTo("5" + "-".repeat(4 + 3 + 4 + 4 + 3 + 2));
    }

    @Test
    void whenRowAndHeaderAreCompared_thenTheirColumnsStandUnderEachOtherAndFitATerminal() {
        List<String> header = Table.header();
        String row = Table.row(600, BUSY);

        assertThat(header).allSatisfy(line -> assertThat(bars(line)).isEqualTo(bars(row)));
        assertThat(header.get(1)).hasSameSizeAs(row);
        assertThat(row).hasSizeLessThan(120);
    }

    @Test
    void whenTwoReadingsAreSubtracted_thenCountsAreDifferencesAndTheRestIsTheLatest() {
        Reading later = new Reading(
                new Visits(90, 8, 5, Duration.ofMillis(20)),
                Map.of(Dependency.STOCK, new Activity(126, 31, 21, 2, 3, 5, "open")),
                new Crawl(60, 540));

        Reading difference = later.since(BUSY);

        assertThat(difference.visits()).isEqualTo(new Visits(2, 1, 0, Duration.ofMillis(20)));
        assertThat(difference.of(Dependency.STOCK)).isEqualTo(new Activity(6, 1, 1, 2, 3, 0, "open"));
        assertThat(difference.crawl()).isEqualTo(new Crawl(10, 90));
    }

    /** Where in a line its columns end. */
    private static List<Integer> bars(String line) {
        return IntStream.range(0, line.length())
                .filter(place -> line.charAt(place) == '|')
                .boxed()
                .toList();
    }
}

package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.steadfast.bulkhead.SimulatedCallers.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is promised of the adaptive limit, and that the committed report shows what the code does today. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdaptiveBulkheadReportTests {

    private static final String RENEW_PROPERTY = "steadfast.renew-reports";

    static final String RENEW = "./mvnw -pl starter-bulkhead -am test -Dtest=AdaptiveBulkheadReportTests "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + RENEW_PROPERTY + "=true";

    private static final Path REPORT = Path.of("../docs/reference/adaptive-bulkhead.md");

    private static final double CAPACITY = 400;

    private final AdaptiveBulkheadReport report = new AdaptiveBulkheadReport();

    @Test
    void whenTheReportIsReadAgain_thenItShowsWhatTheCodeDoes() throws IOException {
        if (Boolean.getBoolean(RENEW_PROPERTY)) {
            Files.writeString(REPORT, report.page());
        }
        assertThat(Files.exists(REPORT) ? Files.readString(REPORT) : "")
                .as(
                        "docs/reference/adaptive-bulkhead.md differs from what the simulation gives now. If the change is meant, "
                                + "renew the report, look at the difference, and commit it:\n\n    %s\n",
                        RENEW)
                .isEqualTo(report.page());
    }

    @Test
    void whenOfferedThreeTimesTheCapacity_thenThroughputIsNearItsBestAndLatencyIsBounded() {
        assertThat(report.unlimited.answeredPerSecond()).isLessThan(0.05 * CAPACITY);
        report.overload.forEach((algorithm, span) -> {
            assertThat(span.answeredPerSecond()).as("%s: answered", algorithm).isGreaterThan(0.95 * CAPACITY);
            assertThat(span.meanMillis()).as("%s: mean latency", algorithm).isLessThan(2.5 * 50);
            assertThat(span.millisAt(0.99))
                    .as("%s: latency at 99 %%", algorithm)
                    .isLessThan(250);
            assertThat(span.gaveUpPerSecond()).as("%s: gave up", algorithm).isZero();
        });
    }

    @Test
    void whenOfferedThreeTimesTheCapacityForLong_thenTheLimitDoesNotDriftUp() {
        report.overload.forEach((algorithm, span) ->
                assertThat(span.highestLimit()).as("%s", algorithm).isLessThan(50));
    }

    @Test
    void whenCapacityHalvesAndDoubles_thenTheLimitHasFollowedWithin15Windows() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            assertThat(report.recovery(algorithm, 120, CAPACITY / 2))
                    .as("%s, halved", algorithm)
                    .isLessThanOrEqualTo(15);
            assertThat(report.recovery(algorithm, 240, CAPACITY))
                    .as("%s, doubled", algorithm)
                    .isLessThanOrEqualTo(15);
            int before = report.change.get(algorithm).between(110, 120).highestLimit();
            Span halved = report.change.get(algorithm).between(150, 180);
            assertThat(halved.highestLimit()).as("%s, limit", algorithm).isLessThan(before * 3 / 4);
        }
    }

    @Test
    void whenLoadIsLow_thenTheLimitStaysAndNobodyIsRefused() {
        report.low.forEach((algorithm, span) -> {
            assertThat(span.highestLimit()).as("%s", algorithm).isLessThanOrEqualTo(26);
            assertThat(span.lowestLimit()).as("%s", algorithm).isGreaterThanOrEqualTo(20);
            assertThat(span.refusedPerSecond()).as("%s", algorithm).isZero();
        });
    }

    @Test
    void whenTheServerStandsStill_thenTheLimitFallsAndComesBackWithIt() {
        report.standstill.forEach((algorithm, callers) -> {
            assertThat(callers.between(85, 90).highestLimit())
                    .as("%s", algorithm)
                    .isLessThan(callers.between(50, 60).lowestLimit() * 4 / 5);
            Span after = callers.between(130, 150);
            assertThat(after.refusedPerSecond()).as("%s", algorithm).isLessThan(1);
            assertThat(after.answeredPerSecond()).as("%s", algorithm).isGreaterThan(0.95 * 240);
        });
    }
}

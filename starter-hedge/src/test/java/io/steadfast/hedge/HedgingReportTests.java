package io.steadfast.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is promised of hedging, and that the committed report shows what the code does today. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HedgingReportTests {

    private static final String RENEW_PROPERTY = "steadfast.renew-reports";

    static final String RENEW = "./mvnw -pl starter-hedge -am test -Dtest=HedgingReportTests "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + RENEW_PROPERTY + "=true";

    private static final Path REPORT = Path.of("../docs/reference/hedging.md");

    private final HedgingReport report = new HedgingReport();

    @Test
    void whenTheReportIsReadAgain_thenItShowsWhatTheCodeDoes() throws IOException {
        if (Boolean.getBoolean(RENEW_PROPERTY)) {
            Files.writeString(REPORT, report.page());
        }
        assertThat(Files.exists(REPORT) ? Files.readString(REPORT) : "")
                .as(
                        "docs/reference/hedging.md differs from what the simulation gives now. If the change is meant, "
                                + "renew the report, look at the difference, and commit it:\n\n    %s\n",
                        RENEW)
                .isEqualTo(report.page());
    }

    @Test
    void whenOneAnswerInAHundredIsSlow_thenTheTailIsTenTimesShorterForThreePercentMoreCalls() {
        SimulatedCalls hedged = report.with(0.02, 0.01);
        assertThat(hedged.calls()).isGreaterThan(50_000);
        assertThat(hedged.millisAt(0.999)).isLessThan(report.without(0.01).millisAt(0.999) / 10);
        assertThat(hedged.more()).isLessThanOrEqualTo(0.03);
    }

    @Test
    void whateverIsSlow_thenNoMoreIsSpentThanTheExtraLoadAllows() {
        assertThat(report.with).hasSize(9);
        for (double load : new double[] {0.01, 0.02, 0.05}) {
            for (double slow : new double[] {0.001, 0.01, 0.05}) {
                assertThat(report.with(load, slow).more())
                        .as("extra load %s, slow %s", load, slow)
                        .isGreaterThan(0)
                        .isLessThanOrEqualTo(load * 1.1);
            }
        }
    }

    @Test
    void whenAllAnswersAreSlowAtOnce_thenTheBudgetHolds() {
        assertThat(report.spell.more()).isLessThanOrEqualTo(0.05 * 1.1);
    }
}

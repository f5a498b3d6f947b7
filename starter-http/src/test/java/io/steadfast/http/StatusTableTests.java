package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTableTests {

    @ParameterizedTest
    @CsvSource({
        "100,SUCCESS",
        "200,SUCCESS",
        "299,SUCCESS",
        "302,SUCCESS",
        "399,SUCCESS",
        "400,CALLERS_OWN",
        "404,CALLERS_OWN",
        "408,TRANSIENT",
        "429,THROTTLED",
        "499,CALLERS_OWN",
        "500,FAILURE",
        "501,FAILURE",
        "502,TRANSIENT",
        "503,TRANSIENT",
        "504,TRANSIENT",
        "505,FAILURE",
        "599,FAILURE",
        "600,FAILURE",
        "99,FAILURE",
        "0,FAILURE",
        "-1,FAILURE",
        "2147483647,FAILURE"
    })
    void whenNothingIsOverridden_thenTheStandardTableHolds(int status, Kind kind) {
        assertThat(StatusTable.standard().kindOf(status)).isEqualTo(kind);
    }

    @Test
    void whenRangesAndClassesAreGiven_thenASingleCodeWinsOverThem() {
        StatusTable table = StatusTable.standard()
                .with(Map.of(Kind.TRANSIENT, List.of("5xx", "420 - 429"), Kind.FAILURE, List.of("501", "425")));

        assertThat(table.kindOf(500)).isEqualTo(Kind.TRANSIENT);
        assertThat(table.kindOf(501)).isEqualTo(Kind.FAILURE);
        assertThat(table.kindOf(425)).isEqualTo(Kind.FAILURE);
        assertThat(table.kindOf(429)).isEqualTo(Kind.TRANSIENT);
        assertThat(table.kindOf(404)).isEqualTo(Kind.CALLERS_OWN);
        assertThat(StatusTable.standard().kindOf(500)).isEqualTo(Kind.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "99", "600", "6xx", "50", "5000", "529-520", "500-", "-500", "500..510", "٥٠٠"})
    void whenSomethingIsNoCode_thenItIsRefused(String text) {
        assertThatThrownBy(() -> StatusTable.standard().with(Map.of(Kind.TRANSIENT, List.of(text))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("statuses.transient ");
    }

    @Test
    void whenTwoKindsClaimOneCode_thenItIsRefused() {
        assertThatThrownBy(() -> StatusTable.standard()
                        .with(Map.of(Kind.TRANSIENT, List.of("500"), Kind.CALLERS_OWN, List.of("500"))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("both claim the status 500");
    }
}

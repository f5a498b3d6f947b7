package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptHeaderTests {

    @Property
    void whenHeaderIsWritten_thenItIsReadAsItWas(
            @ForAll @IntRange(min = 1, max = 999_999) int attempt, @ForAll @IntRange(min = 1, max = 999_999) int max) {
        AttemptHeader header = new AttemptHeader(attempt, max);

        assertThat(AttemptHeader.parse(header.format())).contains(header);
    }

    @Property
    void whenAnythingIsRead_thenItMakesSenseOrIsNothing(@ForAll String value) {
        AttemptHeader.parse(value)
                .ifPresent(header -> assertThat(header.max()).isGreaterThanOrEqualTo(header.attempt()));
    }

    @Test
    void whenHeaderIsWritten_thenItReadsAsDocumented() {
        assertThat(new AttemptHeader(2, 3).format()).isEqualTo("2; max=3");
    }

    @Test
    void whenMaximumIsBelowTheAttempt_thenItIsRaised() {
        assertThat(new AttemptHeader(4, 3)).isEqualTo(new AttemptHeader(4, 4));
    }

    @Test
    void whenOnlyOneAttemptIsMade_thenTheSenderDoesNotRetry() {
        assertThat(new AttemptHeader(1, 1).isRetried()).isFalse();
        assertThat(new AttemptHeader(1, 2).isRetried()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2;max=3", " 2 ; max=3 ", "2; max=3; of=payments"})
    void whenSpacingOrMoreParametersAreOtherThanOurs_thenItIsReadAllTheSame(String value) {
        assertThat(AttemptHeader.parse(value)).contains(new AttemptHeader(2, 3));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "2",
                "0; max=3",
                "4; max=3",
                "-1; max=3",
                "2; max=9999999999",
                "2; max=",
                "two; max=3",
                "2; max=3, 2; max=3"
            })
    void whenValueIsNonsense_thenNothingIsRead(String value) {
        assertThat(AttemptHeader.parse(value)).isEmpty();
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages write the durations of settings. */
class DurationNotationTests {

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT0.5S,500ms", "PT90S,90s", "PT2M,2m", "PT3H,3h", "PT0.000001S,1000ns", "PT-0.5S,-500ms"})
    void whenADurationIsWritten_thenAsInAProperty(Duration duration, String text) {
        assertThat(SettingsCheck.text(duration)).isEqualTo(text);
    }

    @Test
    void whenADurationIsBeyondAllMilliseconds_thenItIsWrittenAllTheSame() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 500_000_000);

        assertThat(SettingsCheck.text(longest)).isEqualTo(Long.MAX_VALUE + "s");
        assertThat(SettingsCheck.text(longest.negated())).startsWith("-").endsWith("s");
    }
}

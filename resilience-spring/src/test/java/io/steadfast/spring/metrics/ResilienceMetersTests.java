package io.steadfast.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class ResilienceMetersTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "meters.md");

    private static final Pattern ROW =
            Pattern.compile("^\\| `(resilience\\.[a-z.-]+)` \\| (\\w+) \\| ([^|]+) \\| ([^|]+) \\|$");

    @Test
    void whenAMeterIsInTheCode_thenTheReferenceListsTheSame() throws Exception {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row ->
                        row.group(1) + " " + row.group(2) + " " + row.group(3).replaceAll("[` ]", "") + " "
                                + row.group(4).strip())
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(ResilienceMeters.values())
                        .map(meter -> meter.meterName() + " "
                                + meter.type().name().toLowerCase(Locale.ROOT) + " "
                                + String.join(",", meter.tagKeys()) + " " + meter.description())
                        .toList());
    }

    @Test
    void whenAPolicyHasAGauge_thenItIsOneOfTheTable() {
        assertThat(PolicyGauge.values())
                .allSatisfy(gauge -> assertThat(gauge.meter().type().name()).isEqualTo("GAUGE"))
                .allSatisfy(gauge -> assertThat(gauge.meter().tagKeys())
                        .hasSize(gauge.states().isEmpty() ? 1 : 2));
    }
}

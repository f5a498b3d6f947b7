package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.steadfast.failover.metrics.FailoverMeter;
import io.steadfast.http.inbound.HttpMeter;
import io.steadfast.spring.metrics.DocumentedMeter;
import io.steadfast.spring.metrics.Resilience4jMeters;
import io.steadfast.spring.metrics.ResilienceMeters;
import org.junit.jupiter.api.Test;

/**
 * The tables of the reference are those of the code. With {@code -Dmeters.write=true} the document is written anew, between the
 * markers.
 */
class MeterCatalogueTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "meters.md");

    private static final Map<String, List<? extends DocumentedMeter>> SECTIONS = new LinkedHashMap<>(Map.of(
            "calls", List.of(ResilienceMeters.values()),
            "pools", List.of(FailoverMeter.values()),
            "http", List.of(HttpMeter.values()),
            "resilience4j", List.of(Resilience4jMeters.values())));

    @Test
    void whenAMeterIsInTheCode_thenTheReferenceListsTheSame() throws Exception {
        String document = Files.readString(DOCUMENT);
        String written = document;
        for (Map.Entry<String, List<? extends DocumentedMeter>> section : SECTIONS.entrySet()) {
            written = withSection(written, section.getKey(), table(section.getValue()));
        }
        if (Boolean.getBoolean("meters.write")) {
            Files.writeString(DOCUMENT, written);
            return;
        }

        assertThat(document)
                .as("run this test with -Dmeters.write=true to write the tables anew")
                .isEqualTo(written);
    }

    @Test
    void whenTwoMetersLookAlikeToPrometheus_thenNeitherHidesTheOther() {
        assertThat(SECTIONS.values().stream()
                        .flatMap(List::stream)
                        .map(DocumentedMeter::meterName)
                        .map(name -> name.replaceAll("[.-]", "_")))
                .doesNotHaveDuplicates();
    }

    @Test
    void whenATagIsNamed_thenItIsOneOfTheBoundedOnes() {
        assertThat(SECTIONS.values().stream().flatMap(List::stream).flatMap(meter -> meter.tagKeys().stream()))
                .isSubsetOf("name", "policy", "outcome", "kind", "result", "state", "instance");
    }

    private static String withSection(String document, String section, String table) {
        String begin = "<!-- meters: " + section + " -->\n";
        String end = "<!-- end -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end, from);
        assertThat(from).as("the marker of section " + section).isNotNegative();
        assertThat(to).as("the end of section " + section).isNotNegative();
        return document.substring(0, from + begin.length()) + table + document.substring(to);
    }

    private static String table(List<? extends DocumentedMeter> meters) {
        return Stream.concat(
                        Stream.of("| meter | type | tags | what it says |", "| --- | --- | --- | --- |"),
                        meters.stream().map(MeterCatalogueTests::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(DocumentedMeter meter) {
        String type = meter.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String unit = meter.baseUnit() == null ? "" : ", " + meter.baseUnit();
        String tags = meter.tagKeys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        return String.join(
                " | ", Arrays.asList("| `" + meter.meterName() + "`", type + unit, tags, meter.description() + " |"));
    }
}

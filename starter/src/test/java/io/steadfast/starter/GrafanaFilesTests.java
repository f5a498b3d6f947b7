package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.steadfast.failover.metrics.FailoverMeter;
import io.steadfast.http.inbound.HttpMeter;
import io.steadfast.spring.metrics.DocumentedMeter;
import io.steadfast.spring.metrics.ResilienceMeters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Board and alerts know our meters by the names they have, and the run book has a page for each alert. A real Prometheus tries them elsewhere. */
class GrafanaFilesTests {

    private static final Path DOCS = Path.of("../docs");

    private static final Pattern METER = Pattern.compile("\\bresilience_[a-z0-9_]*[a-z0-9]\\b");

    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: docs/guide/runbook\\.md#(\\S+)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @ParameterizedTest
    @ValueSource(strings = {"steadfast-board.json", "steadfast-alerts.yml", "steadfast-alerts.test.yml"})
    void whenAFileAsksForAMeter_thenThereIsOne(String file) throws IOException {
        Set<String> known = Stream.<DocumentedMeter[]>of(
                        ResilienceMeters.values(), FailoverMeter.values(), HttpMeter.values())
                .flatMap(Stream::of)
                .flatMap(GrafanaFilesTests::inPrometheus)
                .collect(Collectors.toSet());

        assertThat(found(METER, Files.readString(DOCS.resolve("grafana").resolve(file)), Matcher::group))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    /** As Micrometer's registry for Prometheus names it. */
    private static Stream<String> inPrometheus(DocumentedMeter meter) {
        String name = meter.meterName().replaceAll("[.-]", "_");
        String unit = meter.type() == Meter.Type.TIMER ? "seconds" : meter.baseUnit();
        String full = unit == null ? name : name + "_" + unit;
        return switch (meter.type()) {
            case COUNTER -> Stream.of(full + "_total");
            case TIMER, DISTRIBUTION_SUMMARY ->
                Stream.of("_count", "_sum", "_max", "_bucket").map(full::concat);
            default -> Stream.of(full);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = "steadfast-alerts.yml")
    void whenAnAlertNamesAPlaceInTheRunBook_thenItIsThere(String file) throws IOException {
        Set<String> headings =
                found(HEADING, Files.readString(DOCS.resolve("guide/runbook.md")), heading -> anchor(heading.group(1)));

        assertThat(found(RUNBOOK, Files.readString(DOCS.resolve("grafana").resolve(file)), link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(headings);
    }

    private static Set<String> found(Pattern pattern, String text, Function<Matcher, String> what) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(what.apply(matcher));
        }
        return found;
    }

    /** As GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .trim()
                .replace(' ', '-');
    }
}

package io.steadfast.drills;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The rows as Markdown, both sides of a trouble below each other. */
final class Table {

    private static final String HEADER = """
            | trouble | side | answered | failed | p50 ms | p99 ms | longest ms | sent there | the last after | failed later | back after | extra calls |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private Table() {}

    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder(HEADER);
        rows.forEach(row -> table.append(line(row)).append('\n'));
        return table.toString();
    }

    private static String line(Row row) {
        boolean troubled = !row.phase().able().isEmpty();
        boolean anyLeft = row.phase().trouble() != Trouble.ALL_KILLED;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.0f | %.0f | %.0f | %s | %s | %s | %s | %.1f %% |",
                row.phase().trouble().title(),
                row.side().title(),
                row.answered(),
                row.failures(),
                row.waitMillis(50),
                row.waitMillis(99),
                row.waitMillis(100),
                troubled ? row.sentToTroubled() : "",
                troubled && anyLeft ? seconds(row.ejectedAfter(), "goes on") : "",
                troubled && anyLeft ? row.failedAfterEjection() : "",
                troubled ? seconds(row.returnedAfter(), "never") : "",
                100.0 * row.extra() / row.users());
    }

    private static String seconds(OptionalLong millis, String none) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.1f s", millis.getAsLong() / 1000.0) : none;
    }
}

package io.steadfast.samples.storefront.show;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Lays out the table: fixed widths, under 120 characters, for a plain terminal. A dash is a zero. */
final class Table {

    private Table() {}

    static List<String> header() {
        StringBuilder titles = new StringBuilder(" sec|visitors got       ");
        StringBuilder columns = new StringBuilder("    |full part fail wait");
        for (Dependency dependency : Dependency.values()) {
            titles.append('|').append(left(dependency.call(), width(dependency)));
            columns.append('|');
            dependency.figures().forEach(figure -> columns.append(right(figure.title(), figure.width())));
        }
        titles.append("|crawler");
        columns.append("| got ref");
        return List.of(titles.toString(), columns.toString());
    }

    static String row(long second, Reading reading) {
        StringBuilder row = new StringBuilder(right(String.valueOf(second), 4)).append('|');
        Visits visits = reading.visits();
        row.append(number(visits.answered(), 4))
                .append(number(visits.degraded(), 5))
                .append(number(visits.failed(), 5))
                .append(right(seconds(visits.longestWait()), 5));
        for (Dependency dependency : Dependency.values()) {
            row.append('|');
            dependency.figures().forEach(figure -> row.append(cell(figure, reading.of(dependency))));
        }
        row.append('|')
                .append(number(reading.crawl().got(), 4))
                .append(number(reading.crawl().refused(), 4));
        return row.toString();
    }

    static String news(long second, String text) {
        return right(String.valueOf(second), 4) + "| >>> " + text;
    }

    private static String cell(Figure figure, Activity activity) {
        return switch (figure) {
            case ATTEMPTS -> number(activity.attempts(), figure.width());
            case FAILED_ATTEMPTS -> number(activity.failedAttempts(), figure.width());
            case SAVED_BY_RETRY -> number(activity.savedByRetry(), figure.width());
            case CUT_OFF -> number(activity.cutOff(), figure.width());
            case REFUSED -> number(activity.refused(), figure.width());
            case FALLBACKS -> number(activity.fallbacks(), figure.width());
            case BREAKER -> right(state(activity.breaker()), figure.width());
        };
    }

    /** Short, and loud when it matters. */
    private static String state(String breaker) {
        String state = breaker.toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (state) {
            case "open" -> "OPEN";
            case "half-open" -> "half";
            default -> state;
        };
    }

    private static String seconds(Duration wait) {
        long tenths = Math.round(wait.toMillis() / 100.0);
        return tenths == 0 ? "-" : tenths / 10 + "." + tenths % 10;
    }

    private static int width(Dependency dependency) {
        return dependency.figures().stream().mapToInt(Figure::width).sum();
    }

    private static String number(long value, int width) {
        return right(value == 0 ? "-" : String.valueOf(value), width);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

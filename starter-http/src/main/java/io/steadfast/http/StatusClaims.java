package io.steadfast.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.SettingsCheck;

/** Lists of status codes as they are written in settings, each claimed for one kind. */
final class StatusClaims {

    private static final Pattern CODES = Pattern.compile("([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");

    private static final Pattern CLASS = Pattern.compile("([1-5])xx");

    private final Map<Integer, Kind> ranges = new TreeMap<>();

    private final Map<Integer, Kind> single = new TreeMap<>();

    void add(Kind kind, String text) {
        String written = text.trim().toLowerCase(Locale.ROOT);
        Matcher codes = CODES.matcher(written);
        Matcher hundred = CLASS.matcher(written);
        if (codes.matches()) {
            int first = Integer.parseInt(codes.group(1));
            if (codes.group(2) == null) {
                claim(single, first, first, kind);
            } else {
                int last = Integer.parseInt(codes.group(2));
                require(first <= last, kind, "has a range that ends before it begins: " + text);
                claim(ranges, first, last, kind);
            }
        } else {
            require(
                    hundred.matches(),
                    kind,
                    "must list status codes (500), ranges (520-529) or classes (5xx) from 100 to 599, but has '" + text
                            + "'");
            int first = 100 * Integer.parseInt(hundred.group(1));
            claim(ranges, first, first + 99, kind);
        }
    }

    /** Each code with its kind; single ones win. */
    void forEach(BiConsumer<Integer, Kind> action) {
        ranges.forEach(action);
        single.forEach(action);
    }

    private static void claim(Map<Integer, Kind> claims, int first, int last, Kind kind) {
        for (int status = first; status <= last; status++) {
            Kind other = claims.putIfAbsent(status, kind);
            new SettingsCheck()
                    .that(
                            other == null || other == kind,
                            "both claim the status " + status,
                            key(kind),
                            other == null ? "" : key(other))
                    .refuseIfWrong();
        }
    }

    private static void require(boolean fine, Kind kind, String reason) {
        new SettingsCheck().that(fine, reason, key(kind)).refuseIfWrong();
    }

    private static String key(Kind kind) {
        return "statuses." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.steadfast.spring.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.steadfast.spring.Spelling;
import io.steadfast.spring.events.OneLine;
import io.steadfast.spring.steer.ChangeRefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The body of a request that changes something.
 *
 * @param fields its fields
 */
record WriteBody(Map<String, ? extends @Nullable Object> fields) {

    /** Who wants something for longer wants it in a property. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final List<String> KNOWN = List.of("action", "policy", "values", "for");

    private static final Pattern WITHOUT_UNIT = Pattern.compile("[+-]?\\d+");

    /** @throws ChangeRefusedException if there is one that nobody would read */
    void refuseUnknownFields() {
        List<String> reasons = new ArrayList<>();
        fields.keySet().stream()
                .filter(field -> !KNOWN.contains(field) && !field.equals(RequestFields.NAME))
                .forEach(field -> reasons.add(unknown(field, KNOWN)));
        if (!reasons.isEmpty()) {
            throw new ChangeRefusedException(reasons);
        }
    }

    static String unknown(String field, Collection<String> known) {
        return "There is no field '" + OneLine.of(field) + "': "
                + Spelling.nearest(field, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("say " + String.join(", ", known) + ".");
    }

    @Nullable
    String text(String field) {
        Object value = fields.get(field);
        if (value == null || value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value == null || value.toString().isBlank()
                    ? null
                    : value.toString().trim();
        }
        throw refusal("'" + field + "' must be a text.");
    }

    /** As an object, or as a text that contains one: Boot hands no other values on to endpoints. */
    Map<String, @Nullable Object> values() {
        Object value = fields.get("values");
        if (value == null
                || (value instanceof CharSequence text && text.toString().isBlank())) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(String.valueOf(key), one));
            return copy;
        }
        if (value instanceof CharSequence text) {
            try {
                return new LinkedHashMap<>(JsonParserFactory.getJsonParser().parseMap(text.toString()));
            } catch (JsonParseException noObject) {
                throw refusal("'values' must be an object of settings.");
            }
        }
        throw refusal("'values' must be an object of settings.");
    }

    @Nullable
    Duration time() {
        String text = text("for");
        if (text == null) {
            return null;
        }
        if (WITHOUT_UNIT.matcher(text).matches()) { // to Boot these are milliseconds, which nobody means here
            throw refusal("'" + OneLine.of(text) + "' has no unit: say for example 30s or 10m.");
        }
        Duration time;
        try {
            time = DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException none) {
            throw refusal("'" + OneLine.of(text) + "' is no duration: say for example 30s or 10m.");
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw refusal("'for' must be longer than 0 and at most 30d, but is " + OneLine.of(text) + ".");
        }
        return time;
    }

    private static ChangeRefusedException refusal(String reason) {
        return new ChangeRefusedException(List.of(reason));
    }
}

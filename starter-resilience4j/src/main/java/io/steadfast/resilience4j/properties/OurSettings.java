package io.steadfast.resilience4j.properties;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;

/** Settings by our keys, each with the place the application set it. */
final class OurSettings {

    /** The origin of what resilience4j does where nobody says anything. */
    static final Origin BUILT_IN = new Origin() {
        @Override
        public String toString() {
            return "built in resilience4j";
        }
    };

    private final Map<String, Value> values = new LinkedHashMap<>();

    /** What somebody wrote, or what follows from it. */
    void put(String key, Object value, Found from) {
        values.put(key, new Value(List.of(OriginTrackedValue.of(value, from.origin())), false, !from.forAll(), false));
    }

    /** What holds if nobody wrote anything. */
    void builtIn(String key, Object value) {
        values.put(key, new Value(List.of(OriginTrackedValue.of(value, BUILT_IN)), false, false, false));
    }

    /** What takes back what the others may have, and is not said where they have nothing. */
    void neutral(String key, Object value) {
        values.put(key, new Value(List.of(OriginTrackedValue.of(value, BUILT_IN)), false, false, true));
    }

    /** A list; empty for none. */
    void list(String key, List<Found.Element> elements, @Nullable Found from) {
        List<OriginTrackedValue> tracked = elements.stream()
                .map(element -> OriginTrackedValue.of(element.text(), element.origin()))
                .toList();
        values.put(key, new Value(tracked, true, from != null && !from.forAll(), false));
    }

    /** Everything. */
    void addTo(Map<String, Object> properties, String prefix) {
        values.forEach((key, value) -> {
            if (!value.neutral()) {
                value.addTo(properties, prefix + key);
            }
        });
    }

    /** What the instance says itself, and what is not as the others have it. */
    void addDifferences(OurSettings others, Map<String, Object> properties, String prefix) {
        values.forEach((key, value) -> {
            if (value.own() || !value.isLike(others.values.get(key))) {
                value.addTo(properties, prefix + key);
            }
        });
    }

    /**
     * A value.
     *
     * @param parts the value, or the elements of a list
     * @param list whether it is a list
     * @param own whether the instance, or a config that is not everybody's, says so
     * @param neutral whether it says no more than nothing would
     */
    private record Value(List<OriginTrackedValue> parts, boolean list, boolean own, boolean neutral) {

        boolean isLike(@Nullable Value other) {
            return other != null
                    && Objects.equals(
                            parts.stream().map(OriginTrackedValue::getValue).toList(),
                            other.parts.stream()
                                    .map(OriginTrackedValue::getValue)
                                    .toList());
        }

        void addTo(Map<String, Object> properties, String name) {
            if (!list) {
                properties.put(name, parts.get(0));
            } else if (parts.isEmpty()) {
                properties.put(
                        name, OriginTrackedValue.of("", BUILT_IN)); // Boot's notation for a list without elements
            }
            for (int i = 0; list && i < parts.size(); i++) {
                properties.put(name + "[" + i + "]", parts.get(i));
            }
        }
    }
}

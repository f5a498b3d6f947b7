package io.steadfast.spring;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

/** Shows values the way they are written in a properties file. */
final class ReadableValue {

    private static final Map<Long, String> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put(Duration.ofDays(1).toNanos(), "d");
        UNITS.put(Duration.ofHours(1).toNanos(), "h");
        UNITS.put(Duration.ofMinutes(1).toNanos(), "m");
        UNITS.put(Duration.ofSeconds(1).toNanos(), "s");
        UNITS.put(Duration.ofMillis(1).toNanos(), "ms");
        UNITS.put(1_000L, "us");
        UNITS.put(1L, "ns");
    }

    private ReadableValue() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(ReadableValue::of).toList();
        }
        if (value.getClass().isArray()) {
            return of(Arrays.asList(ObjectUtils.toObjectArray(value)));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            map.forEach((key, one) -> shown.put(String.valueOf(of(key)), of(one)));
            return shown;
        }
        if (value instanceof Duration duration) {
            return of(duration);
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return value instanceof Enum<?> constant ? constant(constant) : value.toString();
    }

    static String constant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String of(Duration duration) {
        if (duration.isZero()) {
            return "0ms";
        }
        long nanos;
        try {
            nanos = duration.toNanos();
        } catch (ArithmeticException beyondThreeCenturies) {
            return duration.toDays() + "d";
        }
        for (Map.Entry<Long, String> unit : UNITS.entrySet()) {
            if (nanos % unit.getKey() == 0) {
                return nanos / unit.getKey() + unit.getValue();
            }
        }
        return duration.toString();
    }
}

package io.steadfast.spring;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * What a value should have been, in words.
 *
 * @param noun follows "is not"
 * @param action how to mend it
 */
record Expectation(String noun, String action) {

    private static final List<Class<?>> WHOLE_NUMBERS = List.of(Integer.class, Long.class, Short.class, Byte.class);

    private static final List<Class<?>> FRACTIONS = List.of(Double.class, Float.class);

    static Expectation of(SettingsKey key, Throwable misfit) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(key.element().toClass());
        if (Duration.class.equals(type)) {
            return new Expectation("a duration", "Write a number and its unit, for example 500ms, 2s or 1m.");
        }
        if (DataSize.class.equals(type)) {
            return new Expectation("a size", "Write a number and its unit, for example 512KB or 10MB.");
        }
        if (Boolean.class.equals(type)) {
            return new Expectation("true or false", "Write true or false.");
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return new Expectation("a whole number", "Write digits only, for example 3, within the range of the type.");
        }
        if (FRACTIONS.contains(type)) {
            return new Expectation("a number", "Write a number, for example 0.5 or 2.");
        }
        if (type.isEnum()) {
            String known = constants(type);
            return new Expectation("one of " + known, "Write one of: " + known + ".");
        }
        return new Expectation(
                "a valid " + key.name() + ": "
                        + NestedExceptionUtils.getMostSpecificCause(misfit).getMessage(),
                "Correct the value, or remove the key to use the default.");
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ReadableValue.constant((Enum<?>) constant))
                .collect(Collectors.joining(", "));
    }
}

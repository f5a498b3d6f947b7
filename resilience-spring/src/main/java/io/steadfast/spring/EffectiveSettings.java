package io.steadfast.spring;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The settings of one policy instance after everybody who has a say was heard.
 *
 * @param settings the filled JavaBean
 * @param enabled whether the instance is switched on
 * @param keys the keys of the JavaBean
 * @param values every key with its value and origin, in a stable order
 * @param <S> the JavaBean
 */
record EffectiveSettings<S>(S settings, boolean enabled, SettingsKeys keys, Map<String, EffectiveValue> values) {

    /** A key as messages show it: {@code max-attempts = 0 from class path resource [application.yml] - 6:23}. */
    String describe(String key) {
        EffectiveValue value = values.get(key);
        return value == null ? key : key + " = " + value.value() + " from " + value.origin();
    }

    /** Whether all values are the same, wherever they were set. */
    boolean isLike(EffectiveSettings<?> other) {
        return enabled == other.enabled
                && keys.names().equals(other.keys.names())
                && keys.names().stream().allMatch(key -> Objects.deepEquals(typed(key), other.typed(key)));
    }

    /** The value of a key as the JavaBean has it, not as it is shown. */
    @Nullable
    Object typed(String key) {
        SettingsKey known = keys.find(key);
        return known == null ? null : known.read(settings);
    }
}

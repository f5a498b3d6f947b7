package io.steadfast.spring;

import java.util.Map;

/**
 * The settings of one policy instance after everybody who has a say was heard.
 *
 * @param settings the filled JavaBean
 * @param enabled whether the instance is switched on
 * @param values every key with its value and origin, in a stable order
 * @param <S> the JavaBean
 */
record EffectiveSettings<S>(S settings, boolean enabled, Map<String, EffectiveValue> values) {

    /** A key as messages show it: {@code max-attempts = 0 from class path resource [application.yml] - 6:23}. */
    String describe(String key) {
        EffectiveValue value = values.get(key);
        return value == null ? key : key + " = " + value.value() + " from " + value.origin();
    }
}

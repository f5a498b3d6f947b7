package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What somebody other than the properties says about settings: an annotation, or the standard set.
 *
 * @param values values by key; what is not set is not there
 * @param origin who says so, for example {@code @Retry on Inventory.find}
 */
record StatedValues(Map<String, Object> values, String origin) {

    static final StatedValues NONE = new StatedValues(Map.of(), "");

    boolean isEmpty() {
        return values.isEmpty();
    }

    StatedValues only(Set<String> keys) {
        Map<String, Object> some = new LinkedHashMap<>(values);
        some.keySet().retainAll(keys);
        return new StatedValues(some, origin);
    }

    StatedValues without(Set<String> keys) {
        Map<String, Object> some = new LinkedHashMap<>(values);
        some.keySet().removeAll(keys);
        return new StatedValues(some, origin);
    }
}

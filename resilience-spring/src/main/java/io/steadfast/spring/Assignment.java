package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A known key of a section, set by a property.
 *
 * @param instance whom it is about, as written; empty for everybody
 * @param key the key
 * @param rest an index, or what follows the key of a map
 * @param property the property
 */
record Assignment(String instance, SettingsKey key, List<String> rest, ConfiguredProperty property) {

    /** The values in force: for each key that of the winning source; a list is taken as a whole. */
    static Map<String, LayeredValue> layer(List<Assignment> assignments) {
        Map<String, LayeredValue> layer = new LinkedHashMap<>();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (Assignment assignment : assignments) {
            String name = assignment.key.name();
            int rank = ranks.computeIfAbsent(name, any -> assignment.property.rank());
            if (rank == assignment.property.rank()) {
                layer.computeIfAbsent(name, any -> assignment.empty())
                        .parts()
                        .putIfAbsent(assignment.rest, assignment.property.value());
            }
        }
        return layer;
    }

    private LayeredValue empty() {
        return new LayeredValue(key, property.nameWithout(rest), property.origin(), new LinkedHashMap<>());
    }
}

package io.steadfast.spring.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A meter as its user needs to know it. Implemented by enums, each the only place where its meters' names, tags and descriptions are
 * written; the tables of {@code docs/reference/meters.md} are made from them.
 */
public interface DocumentedMeter {

    /**
     * The name under which the meter is registered.
     *
     * @return the name, in Micrometer's dotted spelling
     */
    String meterName();

    /**
     * The kind of meter.
     *
     * @return timer, distribution summary, counter or gauge
     */
    Meter.Type type();

    /**
     * What the meter says.
     *
     * @return one line
     */
    String description();

    /**
     * The tags that every meter of this name carries.
     *
     * @return their keys, in order
     */
    List<String> tagKeys();

    /**
     * What a gauge's number counts, where that is a unit.
     *
     * @return for example {@code seconds}; {@code null} for plain numbers
     */
    default @Nullable String baseUnit() {
        return null;
    }

    /**
     * The tags with their values.
     *
     * @param values in the order of the keys
     * @return the tags
     * @throws IllegalArgumentException if there are more values than keys, or fewer
     */
    default List<Tag> tags(String... values) {
        List<String> keys = tagKeys();
        if (values.length != keys.size()) {
            throw new IllegalArgumentException(meterName() + " has the tags " + keys);
        }
        List<Tag> tags = new ArrayList<>();
        for (int index = 0; index < values.length; index++) {
            tags.add(Tag.of(keys.get(index), values[index]));
        }
        return tags;
    }
}

package io.steadfast.spring.steer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.steadfast.spring.PolicySections;
import io.steadfast.spring.Spelling;
import io.steadfast.spring.events.OneLine;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** The settings that somebody wants changed, as properties. What is wrong with them is told all at once. */
final class WantedValues {

    private static final int LONGEST = 2000;

    private static final String IN_PROPERTIES =
            ": set its entries in properties, and have them read again by ResilienceRefresher.";

    private final PolicySections sections;

    private final String section;

    private final List<String> reasons = new ArrayList<>();

    private final Map<String, String> values = new LinkedHashMap<>();

    private WantedValues(PolicySections sections, String section) {
        this.sections = sections;
        this.section = section;
    }

    /**
     * Checks and spells out values.
     *
     * @return texts by key in kebab case
     * @throws ChangeRefusedException with everything that is wrong
     */
    static Map<String, String> of(
            PolicySections sections, String section, Map<String, ? extends @Nullable Object> written) {
        if (written.isEmpty()) {
            throw new ChangeRefusedException("The request has no values: say which settings to change, for example "
                    + "{\"" + sections.keys(section).get(0) + "\": …}.");
        }
        WantedValues wanted = new WantedValues(sections, section);
        written.forEach(wanted::add);
        if (!wanted.reasons.isEmpty()) {
            throw new ChangeRefusedException(wanted.reasons);
        }
        return wanted.values;
    }

    private void add(String written, @Nullable Object value) {
        String key = sections.key(section, written).orElse(null);
        String whole = key == null ? wholeOf(written) : null;
        if (whole != null) {
            reasons.add(OneLine.of(written) + " is a part of " + whole + ", which is changed as a whole"
                    + (sections.isTable(section, whole) ? IN_PROPERTIES : ": write all of it under " + whole + "."));
        } else if (key == null) {
            reasons.add(section + " has no setting '" + OneLine.of(written) + "': "
                    + Spelling.nearest(written, sections.keys(section))
                            .map(near -> "did you mean " + near + "?")
                            .orElse("it has " + String.join(", ", sections.keys(section)) + "."));
        } else if (key.equals("enabled")) {
            reasons.add("enabled is changed by the actions disable and enable.");
        } else if (!sections.isChangeable(section, key)) {
            reasons.add(
                    key + " of " + section + " means something only when the application starts: set it in a property "
                            + "and start the application again.");
        } else if (sections.isTable(section, key)) {
            reasons.add(key + " of " + section + " is a table, which no value can stand for" + IN_PROPERTIES);
        } else if (values.containsKey(key)) {
            reasons.add(key + " is there twice.");
        } else {
            addText(key, value);
        }
    }

    /** The setting of which somebody has written an element or an entry: {@code urls[0]}. */
    private @Nullable String wholeOf(String written) {
        for (int end = written.length() - 1; end > 0; end--) {
            if (written.charAt(end) == '[' || written.charAt(end) == '.') {
                Optional<String> whole = sections.key(section, written.substring(0, end));
                if (whole.isPresent()) {
                    return whole.get();
                }
            }
        }
        return null;
    }

    private void addText(String key, @Nullable Object value) {
        String text = text(value);
        if (value instanceof Collection<?> several
                && several.stream().anyMatch(one -> String.valueOf(one).contains(","))) {
            reasons.add(key + " has an element with a comma, which would become two.");
        } else if (text == null) {
            reasons.add(key + " needs a text, a number, a boolean or a list of these.");
        } else if (text.contains("${")) {
            reasons.add(key + " must not contain a placeholder: it would show what other properties hold.");
        } else if (text.length() > LONGEST) {
            reasons.add(key + " is longer than " + LONGEST + " characters.");
        } else {
            values.put(key, text);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().allMatch(one -> isPlain(one))
                    ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : null;
        }
        return isPlain(value) ? String.valueOf(value) : null;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }

    /**
     * The properties of an instance.
     *
     * @throws ChangeRefusedException if the instance's name cannot be part of a property's name
     */
    static Map<String, String> properties(String section, String instance, Map<String, String> values) {
        Map<String, String> properties = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            String name = "resilience." + section + ".instances[" + instance + "]." + key;
            if (!isReadAs(name, instance)) {
                throw new ChangeRefusedException("'" + OneLine.of(instance)
                        + "' cannot be written in the name of a property, so its settings cannot be changed.");
            }
            properties.put(name, value);
        });
        return properties;
    }

    /** Asks Boot itself what it makes of the name. */
    private static boolean isReadAs(String name, String instance) {
        MutablePropertySources alone = new MutablePropertySources();
        alone.addFirst(new MapPropertySource("alone", Map.of(name, "")));
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(alone)) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                return listed.stream().anyMatch(read -> isInstance(read, instance));
            }
        }
        return false;
    }

    private static boolean isInstance(ConfigurationPropertyName read, String instance) {
        return read.getNumberOfElements() >= 5
                && read.getElement(3, ConfigurationPropertyName.Form.ORIGINAL).equals(instance)
                && instance.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}

package io.steadfast.spring;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/** The keys of a section that belongs to no policy, as its JavaBean has them. */
final class SectionKeys {

    private final PropertySection section;

    SectionKeys(PropertySection section) {
        this.section = section;
    }

    String name() {
        return section.name();
    }

    boolean isOwnerOf(ConfiguredProperty property) {
        return placed(property).isPresent();
    }

    /** Whether the property is one of its own, and spelled as it should be. */
    boolean knows(ConfiguredProperty property) {
        return placed(property)
                .map(placed -> placed.rest().isEmpty()
                        ? property.isEmpty()
                        : property.fromVariable()
                                || wrong(ResolvableType.forClass(section.shape()), placed.rest())
                                        .isEmpty())
                .orElse(false);
    }

    /** What to do about a property that is its own, but that it does not know. */
    String action(ConfiguredProperty property) {
        List<String> path = placed(property).map(SettingsIndex.Placed::rest).orElse(List.of());
        return wrong(ResolvableType.forClass(section.shape()), path)
                .map(wrong -> Spelling.nearest(wrong.key(), wrong.known())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse(
                                wrong.known().isEmpty()
                                        ? "It takes no key below it."
                                        : "Known here: " + String.join(", ", wrong.known()) + "."))
                .orElse("Write a key below it.");
    }

    private Optional<SettingsIndex.Placed> placed(ConfiguredProperty property) {
        return SettingsIndex.policyOf(property, List.of(section.name()));
    }

    /** The first key of a path that is not known, and those that are. */
    private static Optional<Wrong> wrong(ResolvableType type, List<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Class<?> raw = type.toClass();
        if (Map.class.isAssignableFrom(raw)) {
            return inMap(type.asMap().getGeneric(1), path);
        }
        if (Collection.class.isAssignableFrom(raw) || raw.isArray()) {
            ResolvableType element = raw.isArray()
                    ? type.getComponentType()
                    : type.asCollection().getGeneric(0);
            return path.get(0).chars().allMatch(Character::isDigit)
                    ? wrong(element, path.subList(1, path.size()))
                    : Optional.of(new Wrong(path.get(0), List.of("[0]")));
        }
        List<String> known = new ArrayList<>();
        if (hasKeys(raw)) {
            for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(raw)) {
                if (property.getReadMethod() != null && !property.getName().equals("class")) {
                    String key = kebab(property.getName());
                    if (UniformName.same(key, path.get(0))) {
                        return wrong(
                                ResolvableType.forMethodParameter(new MethodParameter(property.getReadMethod(), -1)),
                                path.subList(1, path.size()));
                    }
                    known.add(key);
                }
            }
        }
        return Optional.of(new Wrong(path.get(0), known));
    }

    /** Whether it is a JavaBean, and not a value such as a duration, which is made of text. */
    private static boolean hasKeys(Class<?> type) {
        return !BeanUtils.isSimpleValueType(type)
                && Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    /** A name in a map may have dots in it; what remains must be known. */
    private static Optional<Wrong> inMap(ResolvableType value, List<String> path) {
        if (BeanUtils.isSimpleValueType(value.toClass())) {
            return Optional.empty();
        }
        Optional<Wrong> first = wrong(value, path.subList(1, path.size()));
        for (int length = 2; first.isPresent() && length < path.size(); length++) {
            if (wrong(value, path.subList(length, path.size())).isEmpty()) {
                return Optional.empty();
            }
        }
        return first;
    }

    private static String kebab(String name) {
        return String.join(
                "-",
                Arrays.stream(name.split("(?=[A-Z])"))
                        .map(part -> part.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private record Wrong(String key, List<String> known) {}
}

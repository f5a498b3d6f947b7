package io.steadfast.spring;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.spring.SettingsKey.Shape;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;

/** The keys that a settings JavaBean understands, in the order of its fields. */
final class SettingsKeys {

    private final Map<String, SettingsKey> keys;

    private SettingsKeys(Map<String, SettingsKey> keys) {
        this.keys = keys;
    }

    static SettingsKeys of(Class<?> javaBean) {
        Map<String, SettingsKey> found = new LinkedHashMap<>();
        collect(javaBean, "", List.of(), found);
        return new SettingsKeys(found);
    }

    /** These and others; these win. */
    SettingsKeys and(SettingsKeys others) {
        Map<String, SettingsKey> all = new LinkedHashMap<>(keys);
        others.keys.forEach(all::putIfAbsent);
        return new SettingsKeys(all);
    }

    SettingsKeys without(String name) {
        Map<String, SettingsKey> rest = new LinkedHashMap<>(keys);
        rest.remove(name);
        return new SettingsKeys(rest);
    }

    Collection<SettingsKey> all() {
        return keys.values();
    }

    Collection<String> names() {
        return keys.keySet();
    }

    @Nullable
    SettingsKey find(String name) {
        return keys.get(name);
    }

    /**
     * Finds the key that a property ends with. Names of instances may contain dots, so the longest known key wins.
     *
     * @param path a name of at least {@code shortestName} elements, a key, and perhaps an index
     * @param joined whether the path is an environment variable's, where {@code max-attempts} may be two elements
     */
    Optional<KeyMatch> match(List<String> path, int shortestName, boolean joined) {
        int longestName = shortestName == 0 ? 0 : path.size() - 1;
        for (int start = shortestName; start <= longestName; start++) {
            List<String> tail = path.subList(start, path.size());
            for (SettingsKey key : keys.values()) {
                int length = joined ? joinedLength(tail, key) : length(tail, key);
                if (length > 0 && key.accepts(tail.subList(length, tail.size()))) {
                    return Optional.of(new KeyMatch(start, key, List.copyOf(tail.subList(length, tail.size()))));
                }
            }
        }
        return Optional.empty();
    }

    private static int length(List<String> tail, SettingsKey key) {
        String[] parts = key.name().split("\\.");
        if (parts.length > tail.size()) {
            return 0;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!UniformName.same(parts[i], tail.get(i))) {
                return 0;
            }
        }
        return parts.length;
    }

    private static int joinedLength(List<String> tail, SettingsKey key) {
        String squeezed = UniformName.squeezed(key.name());
        for (int length = 1; length <= tail.size(); length++) {
            if (squeezed.equals(UniformName.squeezed(tail.subList(0, length)))) {
                return length;
            }
        }
        return 0;
    }

    /** A property's path split into the elements of a name, a key, and what follows it. */
    record KeyMatch(int nameLength, SettingsKey key, List<String> rest) {}

    private static void collect(
            Class<?> javaBean, String prefix, List<Method> getters, Map<String, SettingsKey> found) {
        for (PropertyDescriptor property : properties(javaBean)) {
            Method getter = property.getReadMethod();
            ResolvableType type = getter != null
                    ? ResolvableType.forMethodReturnType(getter, javaBean)
                    : ResolvableType.forMethodParameter(property.getWriteMethod(), 0, javaBean);
            String name = prefix + DataObjectPropertyName.toDashedForm(property.getName());
            List<Method> path = new ArrayList<>(getters);
            if (getter != null) {
                path.add(getter);
            }
            if (isNested(type) && getter != null) {
                collect(type.toClass(), name + ".", path, found);
            } else if (property.getWriteMethod() != null) {
                found.put(name, new SettingsKey(name, type, shape(type), getter == null ? List.of() : path));
            }
        }
    }

    private static List<PropertyDescriptor> properties(Class<?> javaBean) {
        List<String> fields = new ArrayList<>();
        for (Class<?> type = javaBean; type != null; type = type.getSuperclass()) {
            List<String> own = new ArrayList<>();
            for (Field field : type.getDeclaredFields()) {
                own.add(field.getName());
            }
            fields.addAll(0, own);
        }
        List<PropertyDescriptor> properties = new ArrayList<>(List.of(BeanUtils.getPropertyDescriptors(javaBean)));
        properties.removeIf(property -> property.getName().equals("class"));
        properties.sort(Comparator.comparingInt(property -> {
            int place = fields.indexOf(property.getName());
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        return properties;
    }

    private static Shape shape(ResolvableType type) {
        ResolvableType element =
                type.isArray() ? type.getComponentType() : type.asCollection().getGeneric();
        if (type.isArray() || type.asCollection() != ResolvableType.NONE) {
            return isSimple(element.toClass()) ? Shape.LIST : Shape.TREE;
        }
        return isSimple(type.toClass()) ? Shape.SINGLE : Shape.TREE;
    }

    private static boolean isNested(ResolvableType type) {
        Class<?> raw = type.toClass();
        return shape(type) == Shape.TREE
                && !raw.isInterface()
                && !raw.isArray()
                && !Map.class.isAssignableFrom(raw)
                && !Collection.class.isAssignableFrom(raw);
    }

    private static boolean isSimple(Class<?> type) {
        return BeanUtils.isSimpleValueType(type)
                || !Map.class.isAssignableFrom(type)
                        && ApplicationConversionService.getSharedInstance().canConvert(String.class, type);
    }
}

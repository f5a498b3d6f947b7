package io.steadfast.spring;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A key of a settings JavaBean.
 *
 * @param name in kebab case, nested ones with a dot: {@code budget.ratio}
 * @param type what its values are converted to
 * @param shape how a value may be written
 * @param getters how to read it from the JavaBean, outermost first; empty if it cannot be read
 */
record SettingsKey(String name, ResolvableType type, Shape shape, List<Method> getters) {

    /** How a value may be written. */
    enum Shape {
        /** One value. */
        SINGLE,
        /** Values separated by commas, or one value an index. */
        LIST,
        /** Whatever Boot accepts below the key: a map, a list of objects. */
        TREE
    }

    /** What a single value, or an element of the list, is converted to. */
    ResolvableType element() {
        if (shape != Shape.LIST) {
            return type;
        }
        return type.isArray() ? type.getComponentType() : type.asCollection().getGeneric();
    }

    boolean isClass() {
        return Class.class.equals(element().resolve());
    }

    boolean isText() {
        return String.class.equals(element().resolve());
    }

    /** The value in a filled JavaBean. */
    @Nullable
    Object read(Object bean) {
        Object value = bean;
        for (Method getter : getters) {
            if (value == null) {
                return null;
            }
            ReflectionUtils.makeAccessible(getter);
            value = ReflectionUtils.invokeMethod(getter, value);
        }
        return getters.isEmpty() ? null : value;
    }

    /** Whether what is written after the key is possible for its shape. */
    boolean accepts(List<String> rest) {
        return switch (shape) {
            case SINGLE -> rest.isEmpty();
            case LIST ->
                rest.isEmpty() || rest.size() == 1 && rest.get(0).chars().allMatch(Character::isDigit);
            case TREE -> true;
        };
    }
}

package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Whether one generic type can stand where another is expected. What is not known at start-up gets the benefit of the doubt. */
final class TypeFit {

    private TypeFit() {}

    /** Whether a value of one type can be handed on as another; a primitive and its box are the same. */
    static boolean accepts(ResolvableType to, ResolvableType from) {
        Class<?> toClass = to.resolve();
        Class<?> fromClass = from.resolve();
        if (toClass == null || fromClass == null) {
            return true;
        }
        if (toClass.isArray()
                && fromClass.isArray()
                && !toClass.getComponentType().isPrimitive()) {
            return accepts(to.getComponentType(), from.getComponentType());
        }
        return ClassUtils.isAssignable(toClass, fromClass)
                && (toClass.isPrimitive() || sameArguments(to, from.as(toClass)));
    }

    /** Whether two types are the same as far as they are known. */
    static boolean same(ResolvableType one, ResolvableType other) {
        return one.toClass() == other.toClass() && sameArguments(one, other);
    }

    private static boolean sameArguments(ResolvableType to, ResolvableType from) {
        if (to.getType() instanceof Class || from.getType() instanceof Class) {
            return true; // at least one of them is not generic, or used raw
        }
        if (isChosenByCaller(to) || isChosenByCaller(from) || isSameVariable(to, from)) {
            return true;
        }
        ResolvableType[] expected = to.getGenerics();
        ResolvableType[] found = from.getGenerics();
        for (int i = 0; i < Math.min(expected.length, found.length); i++) {
            if (!holds(expected[i], found[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(ResolvableType expected, ResolvableType found) {
        if (expected.resolve() == null
                || found.resolve() == null
                || isChosenByCaller(expected)
                || isChosenByCaller(found)) {
            return true;
        }
        if (expected.getType() instanceof WildcardType wildcard) {
            return wildcard.getLowerBounds().length > 0
                    ? accepts(found, ResolvableType.forType(wildcard.getLowerBounds()[0], expected))
                    : accepts(ResolvableType.forType(wildcard.getUpperBounds()[0], expected), found);
        }
        return same(expected, found);
    }

    /** The {@code T} of a generic method: its bound is all that is known, and may name itself. */
    static boolean isChosenByCaller(ResolvableType type) {
        return type.getType() instanceof TypeVariable<?> variable && variable.getGenericDeclaration() instanceof Method;
    }

    /** A variable that nobody has given a type; its bound may name the variable itself, without end. */
    private static boolean isSameVariable(ResolvableType one, ResolvableType other) {
        return one.getType() instanceof TypeVariable && one.getType().equals(other.getType());
    }
}

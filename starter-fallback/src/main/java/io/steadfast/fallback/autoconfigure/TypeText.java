package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;

/** Types as they stand in Java source, with simple names. */
final class TypeText {

    private TypeText() {}

    static String of(ResolvableType resolvable) {
        Type type = resolvable.getType();
        if (type instanceof WildcardType wildcard) {
            return wildcard(wildcard, resolvable);
        }
        if (type instanceof TypeVariable<?> variable
                && (resolvable.resolve() == null || TypeFit.isChosenByCaller(resolvable))) {
            return variable.getName();
        }
        if (resolvable.isArray()) {
            return of(resolvable.getComponentType()) + "[]";
        }
        String name = resolvable.toClass().getSimpleName();
        if (type instanceof Class || !resolvable.hasGenerics()) {
            return name;
        }
        return Arrays.stream(resolvable.getGenerics())
                .map(TypeText::of)
                .collect(Collectors.joining(", ", name + "<", ">"));
    }

    private static String wildcard(WildcardType wildcard, ResolvableType owner) {
        if (wildcard.getLowerBounds().length > 0) {
            return "? super " + of(ResolvableType.forType(wildcard.getLowerBounds()[0], owner));
        }
        Type bound = wildcard.getUpperBounds()[0];
        return bound == Object.class ? "?" : "? extends " + of(ResolvableType.forType(bound, owner));
    }
}

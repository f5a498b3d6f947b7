package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;

/**
 * A method's types as they are in the class it is used in: a generic superclass's {@code T} is what the class says it is.
 *
 * @param method the method
 * @param returned what it returns
 * @param parameters what it takes
 */
record Signature(Method method, ResolvableType returned, List<ResolvableType> parameters) {

    static Signature of(Method method, Class<?> usedIn) {
        List<ResolvableType> parameters = new ArrayList<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            parameters.add(ResolvableType.forMethodParameter(method, i, usedIn));
        }
        return new Signature(method, ResolvableType.forMethodReturnType(method, usedIn), List.copyOf(parameters));
    }

    /** The declaration of a fallback that would fit, to be pasted. */
    String expectedFallback(String name) {
        List<String> taken = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        Parameter[] named = method.getParameters();
        for (int i = 0; i < named.length; i++) {
            taken.add(named[i].getName());
            declared.add(TypeText.of(parameters.get(i)) + " " + named[i].getName());
        }
        declared.add("Throwable " + (taken.contains("failure") ? "thrown" : "failure"));
        return typeParameters() + TypeText.of(returned) + " " + name + "(" + String.join(", ", declared) + ")";
    }

    /** {@code (String, int)} */
    String parameterText() {
        return parameters.stream().map(TypeText::of).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
        return TypeText.of(returned) + " " + method.getName() + parameterText();
    }

    private String typeParameters() {
        TypeVariable<Method>[] variables = method.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(Signature::declaration).collect(Collectors.joining(", ", "<", "> "));
    }

    private static String declaration(TypeVariable<Method> variable) {
        String bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(bound -> TypeText.of(ResolvableType.forType(bound)))
                .collect(Collectors.joining(" & "));
        return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
    }
}

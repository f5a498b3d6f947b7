package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

/**
 * Names of calls and policy instances. An annotation's {@code value} names the instance; without one it is
 * {@code SimpleClassName.methodName}. A call goes by the one name that its annotations agree on.
 */
final class CallNames {

    private final PropertyResolver placeholders;

    private final StartupReport report;

    /** Which method goes by a name made from class and method; two of them would share state by accident. */
    private final Map<String, Method> unnamed = new ConcurrentHashMap<>();

    CallNames(PropertyResolver placeholders, StartupReport report) {
        this.placeholders = placeholders;
        this.report = report;
    }

    /** The name an annotation gives, placeholders resolved; empty if it gives none. */
    String given(Annotation annotation, GuardedMethod method) {
        String name = AnnotationAttributes.name(annotation);
        try {
            return placeholders.resolveRequiredPlaceholders(name).trim();
        } catch (IllegalArgumentException unresolvable) {
            report.add(new StartupProblem(
                    "The name '" + name + "' cannot be resolved: " + unresolvable.getMessage(),
                    "@" + annotation.annotationType().getSimpleName() + " on " + method.describe(),
                    "Define the property, or give the placeholder a default: ${name:default}."));
            return name;
        }
    }

    /** The name of a call whose annotations give these names. */
    String call(Collection<String> given, GuardedMethod method) {
        List<String> names =
                given.stream().filter(name -> !name.isEmpty()).distinct().toList();
        return names.size() == 1 ? names.get(0) : byDefault(method);
    }

    /** The name of something that has been given none; refused if another method goes by it already. */
    String byDefault(GuardedMethod method) {
        String name = method.defaultName();
        Method other = unnamed.putIfAbsent(name, method.method());
        if (other != null && !other.equals(method.method())) {
            report.add(new StartupProblem(
                    "Two methods without a name would share the policies of '" + name + "'",
                    describe(other) + ", " + describe(method.method()),
                    "Give the annotations on one of them a name, for example @Retry(\"orders\")."));
        }
        return name;
    }

    /** With the package: what clashes may differ in nothing else. */
    private static String describe(Method method) {
        return ClassUtils.getQualifiedMethodName(method)
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}

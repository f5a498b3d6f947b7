package io.steadfast.spring;

import java.util.Optional;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Finds the classes that settings name, and says which do not exist. */
final class ClassResolver {

    private final StartupReport report;

    ClassResolver(StartupReport report) {
        this.report = report;
    }

    /** The class, or nothing if the value names none that fits; the mistake is reported. */
    Optional<Class<?>> resolve(Object value, LayeredValue where) {
        if (value instanceof Class<?> type) {
            return fits(type, where);
        }
        String name = value.toString();
        try {
            return fits(ClassUtils.forName(name, ClassUtils.getDefaultClassLoader()), where);
        } catch (ClassNotFoundException | LinkageError e) {
            report.add(
                    new StartupProblem(
                            where.name() + " names the class '" + name + "', which does not exist",
                            where.origin(),
                            "Write the full name with its package and check the spelling, or add the library that contains it."));
            return Optional.empty();
        }
    }

    private Optional<Class<?>> fits(Class<?> type, LayeredValue where) {
        ResolvableType element = where.key().element();
        Class<?> bound = element.getGeneric().resolve(Object.class);
        if (bound.isAssignableFrom(type)) {
            return Optional.of(type);
        }
        report.add(new StartupProblem(
                where.name() + " names the class '" + type.getName() + "', which is not a " + bound.getName(),
                where.origin(),
                "Name a subclass of " + bound.getName() + "."));
        return Optional.empty();
    }
}

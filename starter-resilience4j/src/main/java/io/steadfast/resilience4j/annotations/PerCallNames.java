package io.steadfast.resilience4j.annotations;

import java.lang.reflect.Method;

import io.steadfast.resilience4j.Difference;
import io.steadfast.resilience4j.properties.ForeignPolicy;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.util.ClassUtils;

/**
 * Names that differ from call to call. resilience4j makes an instance for each; here one instance stands for all of them, where
 * that is the same or as good, and otherwise the annotation is refused.
 */
final class PerCallNames {

    private static final Difference BY_KEY = Difference.of(
            "A rate limiter whose name is worked out of the arguments is one instance with a limit for each key; all keys have the"
                    + " same settings.");

    private static final Difference SHARED = Difference.of(
            "A retry or time limiter whose name is worked out of the arguments is one instance with one name, settings and meters.");

    private PerCallNames() {}

    /** The instance that stands for all of them: the configuration they share, or the method. */
    static String instance(ResolvedName name, String configuration, Method method) {
        if (!name.perCall()) {
            return name.text();
        }
        return configuration.isEmpty()
                ? ClassUtils.getUserClass(method.getDeclaringClass()).getSimpleName() + "." + method.getName()
                : configuration;
    }

    /** What to tell of it. */
    static Difference difference(ForeignAnnotation annotation, ResolvedName name, String where) {
        if (annotation.policy() == ForeignPolicy.RATE_LIMITER) {
            return BY_KEY;
        }
        if (annotation.policy() == ForeignPolicy.RETRY
                || annotation.policy() == ForeignPolicy.TIME_LIMITER
                || annotation.policy() == ForeignPolicy.TIMER) {
            return SHARED;
        }
        throw new InvalidGuardException(
                "The name " + name.text()
                        + " differs from call to call, and calls with different names would share one "
                        + (annotation.policy() == ForeignPolicy.CIRCUIT_BREAKER ? "circuit breaker" : "bulkhead"),
                where,
                "Give it a name that is the same for every call, or guard each target by a method or bean of its own.");
    }
}

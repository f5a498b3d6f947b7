package io.steadfast.resilience4j.annotations;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.RateLimitedException;
import io.steadfast.resilience4j.Difference;
import io.steadfast.resilience4j.Differences;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.util.ReflectionUtils;

/**
 * The methods that a {@code fallbackMethod} names, found by resilience4j's rules.
 *
 * @param name their name
 * @param guarded the method they answer for
 * @param where the annotation, for messages
 */
record ForeignFallback(String name, GuardedMethod guarded, String where) {

    private static final Map<String, Class<? extends Throwable>> OURS = Map.of(
            "io.github.resilience4j.circuitbreaker.CallNotPermittedException", CircuitOpenException.class,
            "io.github.resilience4j.ratelimiter.RequestNotPermitted", RateLimitedException.class,
            "io.github.resilience4j.bulkhead.BulkheadFullException", BulkheadFullException.class,
            "java.util.concurrent.TimeoutException", CallTimeoutException.class);

    /** Whether any method could answer. On a class that is no matter of course: the name is meant for some of its methods. */
    boolean hasCandidates() {
        return !candidates().isEmpty();
    }

    /** Whether the guarded method is one of those that answer for others. */
    boolean isGuardedMethod() {
        return guarded.method().getName().equals(name);
    }

    /**
     * Tells of those that wait for an exception that is another one here.
     *
     * @throws InvalidGuardException if all of them do
     */
    void check(Differences differences) {
        List<Class<?>> failures =
                candidates().stream().<Class<?>>map(ForeignFallback::failure).toList();
        for (Class<?> failure : failures) {
            Class<?> mine = OURS.get(failure.getName());
            if (mine != null) {
                String what = "a " + failure.getSimpleName() + ", which is " + mine.getName() + " here";
                if (failures.stream().allMatch(other -> OURS.containsKey(other.getName()))) {
                    throw new InvalidGuardException(
                            "The fallback '" + name + "' waits for " + what + ", and so would never answer",
                            where,
                            "Change the parameter's type.");
                }
                differences.add(
                        Difference.of("A fallback that waits for " + what
                                + ", answers for it no more; change the parameter's type."),
                        name + " of " + where);
            }
        }
    }

    private static Class<?> failure(Method candidate) {
        Class<?>[] parameters = candidate.getParameterTypes();
        return parameters[parameters.length - 1];
    }

    private List<Method> candidates() {
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(guarded.beanClass(), this::mayAnswer))
                .toList();
    }

    /** The same parameters and a failure, or the failure alone. */
    private boolean mayAnswer(Method method) {
        Class<?>[] call = guarded.method().getParameterTypes();
        Class<?>[] parameters = method.getParameterTypes();
        int size = parameters.length;
        return method.getName().equals(name)
                && !method.isSynthetic()
                && guarded.method().getReturnType().isAssignableFrom(method.getReturnType())
                && size > 0
                && Throwable.class.isAssignableFrom(parameters[size - 1])
                && (size == 1 || Arrays.equals(Arrays.copyOf(parameters, size - 1), call));
    }
}

package io.steadfast.core;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Two lists of exception classes, as every policy has them: which failures concern it, and which do not. Both look down
 * the cause chain, and the second wins.
 *
 * @param includes the failures that concern the policy; empty for "whatever the policy takes by default"
 * @param excludes the failures that do not, whatever {@code includes} says
 */
public record FailureFilter(List<Class<? extends Throwable>> includes, List<Class<? extends Throwable>> excludes) {

    /** A filter that says nothing, so that the policy's default decides. */
    public static final FailureFilter NONE = new FailureFilter(List.of(), List.of());

    /** Longer cause chains than this are taken to be cyclic. */
    private static final int MAX_CAUSES = 64;

    /**
     * Copies both lists.
     *
     * @param includes the failures that concern the policy; empty for "whatever the policy takes by default"
     * @param excludes the failures that do not, whatever {@code includes} says
     */
    public FailureFilter {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /**
     * Whether a failure concerns the policy.
     *
     * @param failure the failure
     * @param byDefault the answer where {@code includes} is empty and {@code excludes} is silent
     * @return whether it does
     */
    public boolean concerns(Throwable failure, Predicate<Throwable> byDefault) {
        if (anyInChain(failure, excludes)) {
            return false;
        }
        return includes.isEmpty() ? byDefault.test(failure) : anyInChain(failure, includes);
    }

    /**
     * Whether the failure, or one of its causes, is on the list of those that do not concern the policy.
     *
     * @param failure the failure
     * @return whether it is listed
     */
    public boolean excludes(Throwable failure) {
        return anyInChain(failure, excludes);
    }

    /**
     * Whether {@code includes} names a failure knowingly: by a class at or below {@code family}. Listing
     * {@code Exception} is no wish to have refusals retried; listing {@code CircuitOpenException} is.
     *
     * @param failure the failure
     * @param family the class whose members must be named
     * @return whether it is named
     */
    public boolean names(Throwable failure, Class<? extends Throwable> family) {
        for (Class<? extends Throwable> included : includes) {
            if (family.isAssignableFrom(included) && included.isInstance(failure)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyInChain(Throwable failure, List<Class<? extends Throwable>> classes) {
        if (classes.isEmpty()) {
            return false;
        }
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            for (int i = 0; i < classes.size(); i++) {
                if (classes.get(i).isInstance(link)) {
                    return true;
                }
            }
            link = causeOf(link);
        }
        return false;
    }

    /**
     * The cause, as far as the failure can say: exceptions come from anywhere, and some throw when asked.
     *
     * @param failure the failure
     * @return its cause; {@code null} if it has none, or throws
     */
    public static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable broken) {
            return null;
        }
    }
}

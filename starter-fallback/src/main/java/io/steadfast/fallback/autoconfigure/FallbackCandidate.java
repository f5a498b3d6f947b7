package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * A method by the name of the fallback, examined.
 *
 * @param method the method
 * @param form what it takes, {@code null} if it takes something else and so is meant for other methods
 * @param failureType the failures it takes, {@code null} if it takes none
 * @param fault why it cannot answer although it was meant to, or whom it is not meant for; {@code null} if it fits
 */
record FallbackCandidate(
        Method method,
        @Nullable FallbackForm form,
        @Nullable Class<?> failureType,
        @Nullable String fault) {

    /** Nearest failure first; of the same failure, who is told most first. So the first that takes a failure answers. */
    static final Comparator<FallbackCandidate> NEAREST_FIRST = Comparator.comparingInt(FallbackCandidate::nearness)
            .reversed()
            .thenComparing(candidate -> candidate.form == null ? FallbackForm.NOTHING : candidate.form);

    static FallbackCandidate examine(Method method, FallbackPlace place) {
        Signature call = Signature.of(place.guarded().method(), place.guarded().beanClass());
        Signature found = Signature.of(method, place.type());
        FallbackForm form = FallbackForm.of(call.parameters(), found.parameters());
        if (form == null) {
            return new FallbackCandidate(method, null, null, describe(found) + " takes other parameters");
        }
        Class<?> failureType = failureType(form, found.parameters());
        String fault = fault(method, place, failureType, call, found);
        return new FallbackCandidate(method, form, failureType, fault == null ? null : describe(found) + " " + fault);
    }

    boolean fits() {
        return fault == null;
    }

    /** Whether its parameters say that it was meant, so that to pass it over would be a surprise. */
    boolean isMistake() {
        return form != null && fault != null;
    }

    private static @Nullable String fault(
            Method method, FallbackPlace place, @Nullable Class<?> failureType, Signature call, Signature found) {
        if (!ReturnFit.fits(call.returned(), found.returned())) {
            return "does not return " + TypeText.of(call.returned());
        }
        if (failureType != null
                && (VirtualMachineError.class.isAssignableFrom(failureType)
                        || InterruptedException.class.isAssignableFrom(failureType))) {
            return "waits for " + failureType.getSimpleName() + ", which never reaches a fallback";
        }
        return place.elsewhere() ? hidden(method) : null;
    }

    /** A proxy passes on what it can override; on anything else it would run without the bean's fields. */
    private static @Nullable String hidden(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "is private, which another bean cannot call";
        }
        boolean overridable = !Modifier.isFinal(modifiers)
                || Modifier.isFinal(method.getDeclaringClass().getModifiers());
        return overridable || Modifier.isStatic(modifiers) ? null : "is final, which a proxy cannot pass on";
    }

    private static @Nullable Class<?> failureType(FallbackForm form, List<ResolvableType> parameters) {
        return form == FallbackForm.CALL_AND_FAILURE || form == FallbackForm.FAILURE
                ? parameters.get(parameters.size() - 1).toClass()
                : null;
    }

    private int nearness() {
        int depth = 0;
        for (Class<?> type = failureType; type != null; type = type.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    private static String describe(Signature found) {
        return "'" + found + "'";
    }
}

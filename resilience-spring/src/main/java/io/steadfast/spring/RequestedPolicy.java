package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A policy that a method asks for.
 *
 * @param provider makes it
 * @param instance the name of the instance
 * @param annotation the annotation that asks, {@code null} if {@link Resilient @Resilient} does, or no annotation at all
 * @param brought settings that are no attributes of the annotation
 * @param standard whether it is of the standard set of {@link Resilient @Resilient}
 * @param <A> the annotation
 * @param <S> the settings
 */
record RequestedPolicy<A extends Annotation, S>(
        PolicyProvider<A, S> provider,
        String instance,
        @Nullable Annotation annotation,
        StatedValues brought,
        boolean standard) {

    /** What the annotation, or whoever asks instead, says about settings. */
    StatedValues stated(GuardedMethod method) {
        if (annotation == null) {
            return brought;
        }
        Map<String, Object> values = new LinkedHashMap<>(brought.values());
        values.putAll(AnnotationAttributes.settings(annotation, provider.settings()));
        return new StatedValues(
                values,
                brought.isEmpty()
                        ? "@" + provider.annotation().getSimpleName() + " on " + method.defaultName()
                        : brought.origin());
    }

    /** What holds if nobody says anything. */
    StatedValues standardValues() {
        return standard ? new StatedValues(provider.standardValues(), EffectiveValue.STANDARD_SET) : StatedValues.NONE;
    }

    @Nullable
    A typedAnnotation() {
        return annotation == null ? null : provider.annotation().cast(annotation);
    }
}

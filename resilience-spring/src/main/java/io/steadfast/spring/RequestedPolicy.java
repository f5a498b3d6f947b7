package io.steadfast.spring;

import java.lang.annotation.Annotation;

import org.jspecify.annotations.Nullable;

/**
 * A policy that a method asks for.
 *
 * @param provider makes it
 * @param instance the name of the instance
 * @param annotation the annotation that asks, {@code null} if {@link Resilient @Resilient} does, or no annotation at all
 * @param brought settings that somebody without an annotation brings
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
        return annotation == null
                ? brought
                : new StatedValues(
                        AnnotationAttributes.settings(annotation, provider.settings()),
                        "@" + provider.annotation().getSimpleName() + " on " + method.defaultName());
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

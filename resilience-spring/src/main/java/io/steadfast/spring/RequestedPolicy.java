package io.steadfast.spring;

import java.lang.annotation.Annotation;

import org.jspecify.annotations.Nullable;

/**
 * A policy that a method asks for.
 *
 * @param provider makes it
 * @param instance the name of the instance
 * @param annotation the annotation that asks, {@code null} if {@link Resilient @Resilient} does
 */
record RequestedPolicy(
        PolicyProvider<?, ?> provider,
        String instance,
        @Nullable Annotation annotation) {}

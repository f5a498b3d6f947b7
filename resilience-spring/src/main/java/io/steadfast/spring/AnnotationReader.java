package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * Finds the annotations that guard a method. For each policy the nearest wins: the most specific method, then its class
 * (superclasses included), then the method in an interface, then the interface. A method that overrides an annotated one
 * without repeating the annotation loses it. Meta-annotations count like the annotations they carry.
 */
final class AnnotationReader {

    private final List<PolicyProvider<?, ?>> providers;

    private final List<AnnotationTranslator> translators;

    private final List<Class<? extends Annotation>> types = new ArrayList<>();

    AnnotationReader(
            Collection<? extends PolicyProvider<?, ?>> providers, Collection<AnnotationTranslator> translators) {
        this.providers = List.copyOf(providers);
        this.translators = List.copyOf(translators);
        this.translators.forEach(translator -> types.addAll(translator.types()));
        this.types.add(Resilient.class);
        this.providers.forEach(provider -> types.add(provider.annotation()));
    }

    /** A quick no for most classes of an application and all of the JDK. */
    boolean mayBeGuarded(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, types);
    }

    GuardAnnotations read(GuardedMethod guarded) {
        return read(guarded, places(guarded));
    }

    private GuardAnnotations read(GuardedMethod guarded, List<Collection<? extends AnnotatedElement>> places) {
        Map<PolicyProvider<?, ?>, Annotation> policies = new LinkedHashMap<>();
        Map<PolicyProvider<?, ?>, StatedValues> brought = new LinkedHashMap<>();
        for (PolicyProvider<?, ?> provider : providers) {
            Found<?> found = nearest(places, provider.annotation(), provider.policy(), guarded);
            if (found != null) {
                policies.put(provider, found.annotation);
                brought.put(provider, found.brought);
            }
        }
        Found<Resilient> set = nearest(places, Resilient.class, "", guarded);
        return new GuardAnnotations(set == null ? null : set.annotation, policies, brought);
    }

    /** What a method itself is annotated with; its class and interfaces are not asked. */
    GuardAnnotations readMethodOnly(GuardedMethod guarded) {
        return read(guarded, List.of(List.of(guarded.method())));
    }

    /** Whether a method or class carries one of the annotations itself, so that leaving it unguarded would surprise. */
    boolean isAnnotatedItself(AnnotatedElement element) {
        MergedAnnotations present = MergedAnnotations.from(element, SearchStrategy.DIRECT);
        return types.stream().anyMatch(present::isPresent);
    }

    private <A extends Annotation> @Nullable Found<A> nearest(
            List<Collection<? extends AnnotatedElement>> places, Class<A> type, String policy, GuardedMethod guarded) {
        for (Collection<? extends AnnotatedElement> place : places) {
            List<Found<A>> found = place.stream()
                    .map(element -> MergedAnnotations.from(element, SearchStrategy.INHERITED_ANNOTATIONS))
                    .flatMap(present -> Stream.concat(
                            present.stream(type).map(own -> new Found<>(own.synthesize(), StatedValues.NONE)),
                            translated(present, type, policy, guarded)))
                    .distinct()
                    .toList();
            if (found.size() > 1) {
                throw new InvalidGuardException(
                        "The same policy stands twice on one method, and nothing says which one counts",
                        "@" + type.getSimpleName() + " on " + guarded.describe(),
                        "Keep one of " + found.stream().map(Found::annotation).toList() + ".");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        return null;
    }

    /** Those of other libraries, as ours. */
    private <A extends Annotation> Stream<Found<A>> translated(
            MergedAnnotations present, Class<A> type, String policy, GuardedMethod guarded) {
        return translators.stream()
                .flatMap(translator -> translator.types().stream()
                        .flatMap(present::stream)
                        .flatMap(foreign -> translated(translator, foreign.synthesize(), type, policy, guarded)));
    }

    private static <A extends Annotation> Stream<Found<A>> translated(
            AnnotationTranslator translator, Annotation foreign, Class<A> type, String policy, GuardedMethod guarded) {
        return translator.translate(foreign, guarded).stream()
                .filter(type::isInstance)
                .map(meant -> {
                    Map<String, Object> settings =
                            translator.settings(foreign, guarded).getOrDefault(policy, Map.of());
                    String origin = "@" + foreign.annotationType().getSimpleName() + " on " + guarded.defaultName();
                    return new Found<>(
                            type.cast(meant),
                            settings.isEmpty() ? StatedValues.NONE : new StatedValues(settings, origin));
                });
    }

    /**
     * An annotation of ours.
     *
     * @param annotation the annotation
     * @param brought settings that it has no attributes for, but that of another library which it stands for has
     */
    private record Found<A extends Annotation>(A annotation, StatedValues brought) {}

    /** Where annotations may stand, nearest first. */
    private static List<Collection<? extends AnnotatedElement>> places(GuardedMethod guarded) {
        Method method = guarded.method();
        Set<Method> interfaceMethods = new LinkedHashSet<>();
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(guarded.beanClass())) {
            for (Method declared : type.getMethods()) {
                if (isImplementedBy(declared, method, guarded.beanClass())) {
                    interfaceMethods.add(declared);
                    interfaces.add(type);
                }
            }
        }
        interfaceMethods.remove(method);
        return List.of(List.of(method), List.of(method.getDeclaringClass()), interfaceMethods, interfaces);
    }

    private static boolean isImplementedBy(Method declared, Method method, Class<?> beanClass) {
        return declared.getName().equals(method.getName())
                && declared.getParameterCount() == method.getParameterCount()
                && (declared.equals(method)
                        || AopUtils.getMostSpecificMethod(declared, beanClass).equals(method));
    }
}

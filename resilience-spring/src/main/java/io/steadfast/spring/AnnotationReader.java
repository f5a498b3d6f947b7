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
import org.springframework.core.annotation.MergedAnnotation;
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
        for (PolicyProvider<?, ?> provider : providers) {
            Annotation found = nearest(places, provider.annotation(), guarded);
            if (found != null) {
                policies.put(provider, found);
            }
        }
        return new GuardAnnotations(nearest(places, Resilient.class, guarded), policies);
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

    private <A extends Annotation> @Nullable A nearest(
            List<Collection<? extends AnnotatedElement>> places, Class<A> type, GuardedMethod guarded) {
        for (Collection<? extends AnnotatedElement> place : places) {
            List<A> found = place.stream()
                    .map(element -> MergedAnnotations.from(element, SearchStrategy.INHERITED_ANNOTATIONS))
                    .flatMap(present -> Stream.concat(
                            present.stream(type).map(MergedAnnotation::synthesize), translated(present, type, guarded)))
                    .distinct()
                    .toList();
            if (found.size() > 1) {
                throw new InvalidGuardException(
                        "The same policy stands twice on one method, and nothing says which one counts",
                        "@" + type.getSimpleName() + " on " + guarded.describe(),
                        "Keep one of " + found + ".");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        return null;
    }

    /** Those of other libraries, as ours. */
    private <A extends Annotation> Stream<A> translated(
            MergedAnnotations present, Class<A> type, GuardedMethod guarded) {
        return translators.stream()
                .flatMap(translator -> translator.types().stream()
                        .flatMap(present::stream)
                        .flatMap(foreign -> translator.translate(foreign.synthesize(), guarded).stream()))
                .filter(type::isInstance)
                .map(type::cast);
    }

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

package io.steadfast.fallback.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;

/**
 * Who answers for whom, over all beans. A fallback may have a fallback of its own; a circle would never end, and is refused
 * by whoever closes it.
 */
final class FallbackChains {

    private final Map<Link, Map<Link, Boolean>> answers = new ConcurrentHashMap<>();

    /** Notes that one method answers for another. */
    void add(GuardedMethod guarded, GuardedMethod fallback) {
        Link from = Link.of(guarded);
        Link to = Link.of(fallback);
        List<Link> way = new ArrayList<>(List.of(from));
        if (reaches(to, from, way)) {
            String chain = way.stream().map(Link::text).collect(Collectors.joining(" -> "));
            throw new InvalidGuardException(
                    "The fallbacks go round in a circle: " + chain,
                    FallbackPlace.where(guarded),
                    "Let the last one answer by itself: remove one @Fallback from the chain.");
        }
        answers.computeIfAbsent(from, link -> new ConcurrentHashMap<>()).put(to, true);
    }

    /** Leaves the way there in {@code way} if there is one. */
    private boolean reaches(Link from, Link goal, List<Link> way) {
        way.add(from);
        if (from.equals(goal)) {
            return true;
        }
        for (Link next : new LinkedHashMap<>(answers.getOrDefault(from, Map.of())).keySet()) {
            if (reaches(next, goal, way)) {
                return true;
            }
        }
        way.remove(way.size() - 1);
        return false;
    }

    /** A method, by what it has in common with itself in a superclass or an interface. */
    private record Link(String bean, String name, List<Class<?>> parameters, String type) {

        static Link of(GuardedMethod method) {
            return new Link(
                    method.beanName(),
                    method.method().getName(),
                    List.of(method.method().getParameterTypes()),
                    method.beanClass().getSimpleName());
        }

        String text() {
            return parameters.stream()
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining(", ", type + "." + name + "(", ")"));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Link link
                    && bean.equals(link.bean)
                    && name.equals(link.name)
                    && parameters.equals(link.parameters);
        }

        @Override
        public int hashCode() {
            return bean.hashCode() * 31 + name.hashCode();
        }
    }
}

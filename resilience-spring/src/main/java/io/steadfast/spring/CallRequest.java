package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks {@link NamedCalls} for the guard of a call that is no annotated method: those of an HTTP client, or of a circuit breaker that
 * code asks for by name.
 *
 * @param name the call's name, and that of its policy instances
 * @param asker who asks, as operators read it, for example {@code HTTP client 'inventory'}
 * @param policies the policies it always has, as their sections are called in the properties. Besides, it has every policy that is
 *     configured under its name
 * @param standard whether it has the standard set of {@link Resilient @Resilient} where nothing is configured under its name
 * @param stated settings that the asker itself brings, by policy and by key in kebab case. They win over bases and defaults, and
 *     properties of the instance win over them
 */
public record CallRequest(
        String name, String asker, Set<String> policies, boolean standard, Map<String, Map<String, Object>> stated) {

    /**
     * Copies what it is given.
     *
     * @param name the call's name
     * @param asker who asks
     * @param policies the policies it always has
     * @param standard whether the standard set will do
     * @param stated settings that the asker brings
     */
    public CallRequest {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A call needs a name that is not blank");
        }
        policies = Set.copyOf(policies);
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        stated.forEach((policy, values) -> copy.put(policy, Map.copyOf(values)));
        stated = Map.copyOf(copy);
    }

    /**
     * The policies configured under a name, or the standard set: what {@link Resilient @Resilient} on a method asks for.
     *
     * @param name the call's name
     * @param asker who asks
     * @return the request
     */
    public static CallRequest standard(String name, String asker) {
        return new CallRequest(name, asker, Set.of(), true, Map.of());
    }

    /**
     * The policies configured under a name, and these in any case.
     *
     * @param name the call's name
     * @param asker who asks
     * @param policies sections as in the properties
     * @return the request
     */
    public static CallRequest with(String name, String asker, String... policies) {
        return new CallRequest(name, asker, new LinkedHashSet<>(List.of(policies)), false, Map.of());
    }

    /**
     * The same with settings of the asker's own.
     *
     * @param settings by policy and by key
     * @return a copy
     */
    public CallRequest stating(Map<String, Map<String, Object>> settings) {
        return new CallRequest(name, asker, policies, standard, settings);
    }
}

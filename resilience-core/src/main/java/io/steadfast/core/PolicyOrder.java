package io.steadfast.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which policy lies outside which: one list, outermost first. A policy acts on everything inside it, so with retry outside
 * the circuit breaker each attempt is counted by the breaker, and an open breaker ends the retrying.
 *
 * @param places policy ids, outermost first, each once
 */
public record PolicyOrder(List<String> places) {

    /** The order where nobody asks for another. The only place where it is written. */
    public static final PolicyOrder STANDARD = new PolicyOrder(List.of(
            "fallback",
            "timeout.total",
            "retry",
            "hedge",
            "failover",
            "circuit-breaker",
            "rate-limiter",
            "timeout",
            "bulkhead"));

    /**
     * Refuses a list that names a policy twice.
     *
     * @param places policy ids, outermost first, each once
     */
    public PolicyOrder {
        places = List.copyOf(places);
        Set<String> seen = new HashSet<>();
        for (String place : places) {
            if (!seen.add(place)) {
                throw new IllegalArgumentException("The order names '" + place + "' twice: " + places);
            }
        }
    }

    /**
     * The policies of a call that this order has no place for.
     *
     * @param policies policy ids
     * @return those missing, in the order given
     */
    public List<String> missing(List<String> policies) {
        List<String> missing = new ArrayList<>(policies);
        missing.removeAll(places);
        return missing;
    }

    /**
     * How far out a policy lies.
     *
     * @param policy the policy id
     * @return its index, 0 for the outermost, -1 if the order has no place for it
     */
    public int indexOf(String policy) {
        return places.indexOf(policy);
    }
}

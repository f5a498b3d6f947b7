package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections under {@code resilience.} that are not there: those of other starters, and those still to come. */
final class AbsentSections {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "timeout", "steadfast-starter-timeout",
            "retry", "steadfast-starter-retry",
            "hedge", "steadfast-starter-hedge",
            "failover", "steadfast-starter-failover",
            "circuit-breaker", "steadfast-starter-circuitbreaker",
            "rate-limiter", "steadfast-starter-ratelimiter",
            "bulkhead", "steadfast-starter-bulkhead",
            "fallback", "steadfast-starter-fallback",
            "http", "steadfast-starter-http",
            "shutdown", "steadfast-starter-failover");

    /** Names the design has given away; a key below them is no slip of the pen. */
    private static final List<String> TO_COME = List.of("dashboard");

    private AbsentSections() {}

    /** Somebody wants a policy of a section that is not there. */
    static StartupProblem wanted(String policy, String asker) {
        return new StartupProblem(
                "The policy '" + policy + "' is wanted, but nothing here makes it",
                asker,
                ARTIFACTS.containsKey(policy)
                        ? "Add the dependency io.steadfast:" + ARTIFACTS.get(policy) + "."
                        : "Known are " + String.join(", ", ARTIFACTS.keySet()) + ".");
    }

    /** What to do about each section that is not there. */
    static Map<String, String> without(Iterable<String> installed) {
        Map<String, String> absent = new LinkedHashMap<>();
        ARTIFACTS.forEach((section, artifact) -> absent.put(
                section, "Add the dependency io.steadfast:" + artifact + ", or remove resilience." + section + "."));
        TO_COME.forEach(section -> absent.put(section, "This version has no " + section + ": remove it."));
        installed.forEach(absent::remove);
        return absent;
    }
}

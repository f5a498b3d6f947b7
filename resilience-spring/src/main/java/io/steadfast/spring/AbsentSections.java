package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sections under {@code resilience.} that are not there: those of other starters. */
final class AbsentSections {

    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("timeout", "steadfast-starter-timeout"),
            Map.entry("retry", "steadfast-starter-retry"),
            Map.entry("hedge", "steadfast-starter-hedge"),
            Map.entry("failover", "steadfast-starter-failover"),
            Map.entry("circuit-breaker", "steadfast-starter-circuitbreaker"),
            Map.entry("rate-limiter", "steadfast-starter-ratelimiter"),
            Map.entry("bulkhead", "steadfast-starter-bulkhead"),
            Map.entry("fallback", "steadfast-starter-fallback"),
            Map.entry("http", "steadfast-starter-http"),
            Map.entry("dashboard", "steadfast-starter-dashboard"),
            Map.entry("shutdown", "steadfast-starter-failover"));

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
        installed.forEach(absent::remove);
        return absent;
    }
}

package io.steadfast.spring;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sections under {@code resilience.} that starters bring, and the starters that bring them. */
final class AbsentSections {

    private static final Map<String, String> ARTIFACTS = new LinkedHashMap<>();

    static {
        ARTIFACTS.put("timeout", "steadfast-starter-timeout");
        ARTIFACTS.put("retry", "steadfast-starter-retry");
        ARTIFACTS.put("circuit-breaker", "steadfast-starter-circuitbreaker");
        ARTIFACTS.put("rate-limiter", "steadfast-starter-ratelimiter");
        ARTIFACTS.put("bulkhead", "steadfast-starter-bulkhead");
        ARTIFACTS.put("fallback", "steadfast-starter-fallback");
        ARTIFACTS.put("hedge", "steadfast-starter-hedge");
        ARTIFACTS.put("failover", "steadfast-starter-failover");
        ARTIFACTS.put("http", "steadfast-starter-http");
        ARTIFACTS.put("dashboard", "steadfast-starter-dashboard");
    }

    private AbsentSections() {}

    /** The artifact for each section that is not there. */
    static Map<String, String> without(Iterable<String> installed) {
        Map<String, String> absent = new LinkedHashMap<>(ARTIFACTS);
        installed.forEach(absent::remove);
        return absent;
    }
}

package io.steadfast.spring.live;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.spring.actuate.PolicyState;
import org.jspecify.annotations.Nullable;

/**
 * How bad it is, for sorting: 0 nothing, 1 users get good answers but something is unusual, 2 some users do not, 3 most do not or a
 * breaker or a pool says so. Knows no kind of policy by name, as {@link io.steadfast.spring.actuate.Trouble} does not.
 */
final class Severity {

    static final int NONE = 0;

    static final int UNUSUAL = 1;

    static final int SOME = 2;

    static final int MOST = 3;

    private static final double SOME_SHARE = 0.01;

    private static final double MOST_SHARE = 0.5;

    private static final double UNUSUAL_RETRIES = 0.1;

    private static final Set<String> REFUSING = Set.of("OPEN", "FORCED_OPEN");

    private Severity() {}

    /** What the state of a policy means. */
    static int of(PolicyState state, @Nullable String trouble) {
        Map<String, @Nullable Object> values = state.values();
        if (values.get("state") instanceof String name && REFUSING.contains(name)
                || Boolean.TRUE.equals(values.get("panic"))) {
            return MOST;
        }
        return trouble != null || hasInstanceOutOfService(values.get("instances")) ? UNUSUAL : NONE;
    }

    /** What the outcomes of the last seconds mean. */
    static int of(long[] counts) {
        long bad = counts[Served.FALLBACK.ordinal()]
                + counts[Served.REFUSED.ordinal()]
                + counts[Served.TIMEOUT.ordinal()]
                + counts[Served.FAILED.ordinal()];
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (bad > total * SOME_SHARE) {
            return bad >= total * MOST_SHARE ? MOST : SOME;
        }
        return counts[Served.RETRIED.ordinal()] > total * UNUSUAL_RETRIES ? UNUSUAL : NONE;
    }

    private static boolean hasInstanceOutOfService(@Nullable Object instances) {
        return instances instanceof List<?> rows
                && rows.stream()
                        .anyMatch(row -> row instanceof Map<?, ?> one
                                && one.get("status") instanceof String status
                                && !status.equals("available"));
    }
}

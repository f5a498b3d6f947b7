package io.steadfast.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a call now, in one line. Asked of each policy, outermost first, knowing no kind of policy by name:
 *
 * <ol>
 *   <li>it is disabled by hand: by whom, and the id of the change;
 *   <li>its snapshot cannot be read: that;
 *   <li>its snapshot has a text under {@code trouble}: that text;
 *   <li>its snapshot has a {@code panic} that is true: how many of its {@code instances} are in service;
 *   <li>its snapshot has a {@code state} other than {@code CLOSED}: the state;
 *   <li>its snapshot has a {@code budget-balance} below 1: no retries left;
 *   <li>it threw within the last minute: what it threw.
 * </ol>
 */
public final class Trouble {

    static final String KEY = "trouble";

    private static final Duration BROKEN_FOR = Duration.ofMinutes(1);

    private Trouble() {}

    /**
     * Looks at a call.
     *
     * @return all that is wrong, separated by semicolons; empty if nothing is
     */
    static Optional<String> of(List<SteeredPolicy> pipeline, List<RecordedEvent> events, Instant now) {
        Set<String> found = new LinkedHashSet<>();
        for (SteeredPolicy steered : pipeline) {
            GuardedPolicy policy = steered.policy();
            String trouble = of(PolicyState.of(steered));
            if (trouble == null) {
                trouble = broken(policy, events, now);
            }
            if (trouble != null) {
                found.add(policy.id() + " " + trouble);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
    }

    /**
     * Looks at the state of one policy.
     *
     * @param state what the policy says of itself
     * @return what is wrong, to be read after the policy's name; {@code null} if nothing is
     */
    public static @Nullable String of(PolicyState state) {
        if (state.unreadable() != null) {
            return "cannot say how it is: " + state.unreadable();
        }
        Object own = state.values().get(KEY);
        if (own instanceof String text && !text.isBlank()) {
            return text;
        }
        if (Boolean.TRUE.equals(state.values().get("panic"))) {
            return panic(state.values().get("instances"));
        }
        Object name = state.values().get("state");
        if (name instanceof String text && !text.equalsIgnoreCase("CLOSED")) {
            return "is " + text;
        }
        Object balance = state.values().get("budget-balance");
        return balance instanceof Number number && number.doubleValue() < 1 ? "has no retries left" : null;
    }

    private static String panic(@Nullable Object instances) {
        if (!(instances instanceof List<?> all)) {
            return "is in panic";
        }
        long inService = all.stream()
                .filter(instance -> instance instanceof Map<?, ?> row && "available".equals(row.get("status")))
                .count();
        return "is in panic: " + inService + " of " + all.size() + " instances in service";
    }

    private static @Nullable String broken(GuardedPolicy policy, List<RecordedEvent> events, Instant now) {
        return events.stream()
                .filter(event ->
                        event.kind() == Kind.POLICY_FAILED && event.policy().equals(policy.id()))
                .filter(event -> event.at().isAfter(now.minus(BROKEN_FOR)))
                .reduce((earlier, later) -> later)
                .map(event -> "threw: " + event.detail())
                .orElse(null);
    }
}

package io.steadfast.spring.health;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.actuate.PolicyState;
import io.steadfast.spring.actuate.Trouble;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of guarded calls: what is wrong with which, what state their policies are in, and what has been changed by hand. All of that is
 * detail. The status is {@code UP} whatever happens, except for the calls that it is asked to speak for: it is another while one of them is refused
 * as a whole, because a breaker of it is open or forced open or its pool is in panic. A breaker whose time for a trial has come counts as closed: calls
 * alone can close it, and none would come to an instance that is out of service.
 *
 * <p>Knows no kind of policy by name: it goes by {@code state}, {@code next-trial} and {@code panic} in what policies say of themselves. Thread-safe.
 */
public final class CallHealth implements HealthIndicator {

    private static final Set<String> REFUSING = Set.of("OPEN", "FORCED_OPEN");

    private final LiveChanges changes;

    private final Set<String> speaksFor;

    private final Status refusing;

    private final Supplier<Clock> clock;

    /**
     * An indicator.
     *
     * @param changes the guarded calls, with what has been changed by hand
     * @param speaksFor the calls whose state is the status
     * @param refusing the status while one of them is refused
     * @param clock the wall clock, which policies state their times by
     */
    public CallHealth(LiveChanges changes, Set<String> speaksFor, Status refusing, Supplier<Clock> clock) {
        this.changes = changes;
        this.speaksFor = Set.copyOf(speaksFor);
        this.refusing = refusing;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Map<PolicyId, PolicyState> states = new LinkedHashMap<>();
        Map<String, String> troubles = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (GuardedCall call : changes.calls()) {
            List<String> wrong = new ArrayList<>();
            for (SteeredPolicy policy : changes.pipeline(call)) {
                PolicyId id = policy.policy().id();
                PolicyState state = states.computeIfAbsent(id, unread -> PolicyState.of(policy));
                String trouble = Trouble.of(state);
                if (trouble != null) {
                    wrong.add(id + " " + trouble);
                }
                if (speaksFor.contains(call.name()) && refuses(state) && !refused.contains(call.name())) {
                    refused.add(call.name());
                }
            }
            if (!wrong.isEmpty()) {
                troubles.put(call.name(), String.join("; ", wrong));
            }
        }
        Health.Builder health =
                refused.isEmpty() ? Health.up() : Health.status(refusing).withDetail("refused", refused);
        if (!troubles.isEmpty()) {
            health.withDetail("trouble", troubles);
        }
        List<String> byHand = changes.inForce().stream().map(CallHealth::text).toList();
        if (!byHand.isEmpty()) {
            health.withDetail("changed", byHand);
        }
        byKind(states).forEach(health::withDetail);
        return health.build();
    }

    /** Policies without state have nothing to show. */
    private static Map<String, Map<String, Object>> byKind(Map<PolicyId, PolicyState> states) {
        Map<String, Map<String, Object>> byKind = new TreeMap<>();
        states.forEach((id, state) -> {
            if (!state.shown().isEmpty()) {
                byKind.computeIfAbsent(id.policy(), kind -> new TreeMap<>()).put(id.instance(), state.shown());
            }
        });
        return byKind;
    }

    private boolean refuses(PolicyState state) {
        if (Boolean.TRUE.equals(state.values().get("panic"))) {
            return true;
        }
        return state.values().get("state") instanceof String name
                && REFUSING.contains(name)
                && !isTrialDue(state.values().get("next-trial"));
    }

    private boolean isTrialDue(@Nullable Object nextTrial) {
        try {
            return nextTrial instanceof String text
                    && !Instant.parse(text).isAfter(clock.get().instant());
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    private static String text(LiveChange change) {
        return change.action() + " of " + new PolicyId(change.policy(), change.instance()) + ", " + change.id()
                + change.by().map(by -> " by " + by).orElse("")
                + change.until().map(until -> ", until " + until).orElse("");
    }
}

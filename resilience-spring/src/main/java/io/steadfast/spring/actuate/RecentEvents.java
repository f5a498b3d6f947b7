package io.steadfast.spring.actuate;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last events of each call, for at most {@value #MOST_NAMES} names: {@value #CHANGES} changes of a policy, and
 * {@value #OTHERS} others, apart from each other, because a breaker's refusals would else push out within a second when and
 * why it opened. Costs nothing for calls that succeed at once. Kept are class and message of a failure, never the failure itself. Thread-safe, without locks.
 */
public final class RecentEvents implements ResilienceListener {

    static final int CHANGES = 10;

    static final int OTHERS = 40;

    static final int MOST_NAMES = 1000;

    private static final Comparator<RecordedEvent> IN_ORDER =
            Comparator.comparing(RecordedEvent::at).thenComparingLong(RecordedEvent::sequence);

    private static final Log LOGGER = LogFactory.getLog(RecentEvents.class);

    private final Map<String, Rings> rings = new ConcurrentHashMap<>();

    private final AtomicBoolean complained = new AtomicBoolean();

    private final Supplier<Clock> clock;

    /**
     * Remembers nothing yet.
     *
     * @param clock the wall clock, because people read the times; asked for with the first event
     */
    public RecentEvents(Supplier<Clock> clock) {
        this.clock = clock;
    }

    @Override
    public boolean hearsCalls() {
        return false;
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        Rings ring = rings(event.call());
        if (ring != null) {
            ring.of(event.kind()).add(event, now());
        }
    }

    /** The time that events are stamped with. */
    Instant now() {
        return clock.get().instant();
    }

    /**
     * What happened to a call, and to the policies it shares with others.
     *
     * @return at most {@value #CHANGES} changes and {@value #OTHERS} others, the latest last
     */
    List<RecordedEvent> of(GuardedCall call) {
        return Stream.concat(
                        latest(call, Rings::changes, CHANGES).stream(), latest(call, Rings::others, OTHERS).stream())
                .sorted(IN_ORDER)
                .toList();
    }

    private List<RecordedEvent> latest(GuardedCall call, Function<Rings, EventRing> which, int most) {
        Set<PolicyId> policies = call.pipeline().stream().map(GuardedPolicy::id).collect(Collectors.toSet());
        Stream<String> names =
                Stream.concat(Stream.of(call.name()), policies.stream().map(PolicyId::instance));
        List<RecordedEvent> events = names.distinct()
                .map(rings::get)
                .filter(ring -> ring != null)
                .flatMap(ring -> which.apply(ring).events().stream())
                .filter(event -> event.isAboutPolicy()
                        ? policies.contains(event.policy())
                        : event.call().equals(call.name()))
                .sorted(IN_ORDER)
                .toList();
        return events.subList(Math.max(0, events.size() - most), events.size());
    }

    private @Nullable Rings rings(String name) {
        Rings known = rings.get(name);
        if (known != null) {
            return known;
        }
        if (rings.size() >= MOST_NAMES) {
            complain(name);
            return null;
        }
        return rings.computeIfAbsent(name, added -> new Rings(new EventRing(CHANGES), new EventRing(OTHERS)));
    }

    private void complain(String name) {
        if (complained.compareAndSet(false, true)) {
            LOGGER.warn("The events of call '" + name + "' are not kept: " + MOST_NAMES
                    + " names have some already. Give pipelines that are built in code fixed names.");
        }
    }

    /** The events of one name. */
    private record Rings(EventRing changes, EventRing others) {

        EventRing of(Kind kind) {
            return RecordedEvent.isChange(kind) ? changes : others;
        }
    }
}

package io.steadfast.spring.actuate;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last {@value #PER_NAME} events of each call, for at most {@value #MOST_NAMES} names. Costs nothing for calls
 * that succeed at once. Kept are class and message of a failure, never the failure itself. Thread-safe, without locks.
 */
public final class RecentEvents implements ResilienceListener {

    static final int PER_NAME = 50;

    static final int MOST_NAMES = 1000;

    private static final Log LOGGER = LogFactory.getLog(RecentEvents.class);

    private final Map<String, EventRing> rings = new ConcurrentHashMap<>();

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
    public void policyEvent(PolicyEvent event) {
        EventRing ring = ring(event.call());
        if (ring != null) {
            ring.add(event, now());
        }
    }

    /** The time that events are stamped with. */
    Instant now() {
        return clock.get().instant();
    }

    /**
     * What happened to a call, and to the policies it shares with others.
     *
     * @return at most {@value #PER_NAME} events, the latest last
     */
    List<RecordedEvent> of(GuardedCall call) {
        Set<PolicyId> policies = call.pipeline().stream().map(GuardedPolicy::id).collect(Collectors.toSet());
        Stream<String> names =
                Stream.concat(Stream.of(call.name()), policies.stream().map(PolicyId::instance));
        List<RecordedEvent> events = names.distinct()
                .map(rings::get)
                .filter(ring -> ring != null)
                .flatMap(ring -> ring.events().stream())
                .filter(event -> policies.contains(event.policy()))
                .filter(event -> event.call().equals(call.name()) || event.isAboutPolicy())
                .sorted(Comparator.comparing(RecordedEvent::at).thenComparingLong(RecordedEvent::sequence))
                .toList();
        return events.subList(Math.max(0, events.size() - PER_NAME), events.size());
    }

    private @Nullable EventRing ring(String name) {
        EventRing known = rings.get(name);
        if (known != null) {
            return known;
        }
        if (rings.size() >= MOST_NAMES) {
            complain(name);
            return null;
        }
        return rings.computeIfAbsent(name, added -> new EventRing(PER_NAME));
    }

    private void complain(String name) {
        if (complained.compareAndSet(false, true)) {
            LOGGER.warn("The events of call '" + name + "' are not kept: " + MOST_NAMES
                    + " names have some already. Give pipelines that are built in code fixed names.");
        }
    }
}

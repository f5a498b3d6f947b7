package io.steadfast.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;

/** Remembers what it hears. Thread-safe. */
public final class RecordingListener implements ResilienceListener {

    private final AtomicInteger attempts = new AtomicInteger();

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    private final List<PolicyEvent> events = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing. */
    public RecordingListener() {}

    @Override
    public void attemptStarted(Call call) {
        attempts.incrementAndGet();
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        outcomes.add(outcome);
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        events.add(event);
    }

    /**
     * How often targets were entered.
     *
     * @return the number of attempts, refused ones not counted
     */
    public int attempts() {
        return attempts.get();
    }

    /**
     * How calls ended for their callers.
     *
     * @return one outcome per call, in order
     */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /**
     * What happened to policies.
     *
     * @return all events, in order
     */
    public List<PolicyEvent> events() {
        return List.copyOf(events);
    }

    /**
     * What happened to policies, in one word each.
     *
     * @return the kinds of all events, in order
     */
    public List<PolicyEvent.Kind> kinds() {
        return events.stream().map(PolicyEvent::kind).toList();
    }
}

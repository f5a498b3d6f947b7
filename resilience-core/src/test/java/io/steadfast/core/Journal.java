package io.steadfast.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;

/** Notes what a listener hears. */
final class Journal implements ResilienceListener {

    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    final List<PolicyEvent> events = new CopyOnWriteArrayList<>();

    final AtomicInteger attempts = new AtomicInteger();

    @Override
    public void attemptStarted(Call call) {
        attempts.incrementAndGet();
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
        outcomes.add(outcome);
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        events.add(event);
    }

    List<Kind> kinds() {
        return events.stream().map(PolicyEvent::kind).toList();
    }
}

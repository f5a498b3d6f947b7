package io.steadfast.reactor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.ResilienceListener;

/** Notes outcomes, and what led to them. */
final class Journal implements ResilienceListener {

    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    final List<PolicyEvent.Kind> kinds = new CopyOnWriteArrayList<>();

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
        outcomes.add(outcome);
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        kinds.add(event.kind());
    }
}

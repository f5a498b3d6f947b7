package io.steadfast.reactor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.ResilienceListener;

/** Notes outcomes. */
final class Journal implements ResilienceListener {

    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
        outcomes.add(outcome);
    }
}

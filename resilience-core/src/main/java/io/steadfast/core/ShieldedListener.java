package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Keeps what listeners throw away from calls, and from each other. */
final class ShieldedListener implements ResilienceListener {

    private final ResilienceListener[] listeners;

    /** Those of them that want every single call. */
    private final ResilienceListener[] callListeners;

    /** Those of the latter that want to know how long things take. */
    private final ResilienceListener[] timedListeners;

    private final AtomicBoolean complained = new AtomicBoolean();

    private ShieldedListener(List<? extends ResilienceListener> listeners) {
        this.listeners = listeners.toArray(ResilienceListener[]::new);
        this.callListeners = listeners.stream()
                .filter(listener -> says(listener, ResilienceListener::hearsCalls))
                .toArray(ResilienceListener[]::new);
        this.timedListeners = Arrays.stream(callListeners)
                .filter(listener -> says(listener, ResilienceListener::timed))
                .toArray(ResilienceListener[]::new);
    }

    static ResilienceListener shield(List<? extends ResilienceListener> listeners) {
        List<? extends ResilienceListener> hearing =
                listeners.stream().filter(listener -> listener != NONE).toList();
        if (hearing.isEmpty()) {
            return NONE;
        }
        if (hearing.size() == 1 && hearing.get(0) instanceof ShieldedListener shielded) {
            return shielded;
        }
        return new ShieldedListener(hearing);
    }

    @Override
    public void attemptStarted(Call call) {
        for (ResilienceListener listener : callListeners) {
            try {
                listener.attemptStarted(call);
            } catch (Throwable failure) {
                complain(listener, failure);
            }
        }
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        for (ResilienceListener listener : callListeners) {
            try {
                listener.callCompleted(call, outcome, elapsedNanos, failure);
            } catch (Throwable broken) {
                complain(listener, broken);
            }
        }
    }

    @Override
    public void waited(Call call, PolicyId policy, long waitedNanos) {
        for (ResilienceListener listener : timedListeners) {
            try {
                listener.waited(call, policy, waitedNanos);
            } catch (Throwable broken) {
                complain(listener, broken);
            }
        }
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        for (ResilienceListener listener : listeners) {
            try {
                if (listener.hears(event.kind())) {
                    listener.policyEvent(event);
                }
            } catch (Throwable failure) {
                complain(listener, failure);
            }
        }
    }

    @Override
    public boolean timed() {
        return timedListeners.length > 0;
    }

    @Override
    public boolean hearsCalls() {
        return callListeners.length > 0;
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        for (ResilienceListener listener : listeners) {
            if (says(listener, one -> one.hears(kind))) {
                return true;
            }
        }
        return false;
    }

    private boolean says(ResilienceListener listener, Predicate<ResilienceListener> question) {
        try {
            return question.test(listener);
        } catch (Throwable failure) {
            complain(listener, failure);
            return false;
        }
    }

    /** Said loudly once, then only at debug: a listener that fails on each call must not flood the log. */
    private void complain(ResilienceListener listener, Throwable failure) {
        Level level = complained.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        Complaints.log(
                level,
                "The resilience listener " + listener.getClass().getName()
                        + " failed. Calls are not affected; further failures are logged at debug level.",
                failure);
    }
}

package io.steadfast.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** Keeps what listeners throw away from calls, and from each other. */
final class ShieldedListener implements ResilienceListener {

    private static final Logger LOGGER = System.getLogger(ResilienceListener.class.getName());

    private final ResilienceListener[] listeners;

    private final boolean timed;

    private final AtomicBoolean complained = new AtomicBoolean();

    private ShieldedListener(ResilienceListener[] listeners, boolean timed) {
        this.listeners = listeners;
        this.timed = timed;
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
        boolean timed = hearing.stream().anyMatch(ResilienceListener::timed);
        return new ShieldedListener(hearing.toArray(ResilienceListener[]::new), timed);
    }

    @Override
    public void attemptStarted(Call call) {
        for (ResilienceListener listener : listeners) {
            try {
                listener.attemptStarted(call);
            } catch (Throwable failure) {
                complain(listener, failure);
            }
        }
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        for (ResilienceListener listener : listeners) {
            try {
                listener.callCompleted(call, outcome, elapsedNanos, failure);
            } catch (Throwable broken) {
                complain(listener, broken);
            }
        }
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        for (ResilienceListener listener : listeners) {
            try {
                listener.policyEvent(event);
            } catch (Throwable failure) {
                complain(listener, failure);
            }
        }
    }

    @Override
    public boolean timed() {
        return timed;
    }

    /** Said loudly once, then only at debug: a listener that fails on each call must not flood the log. */
    private void complain(ResilienceListener listener, Throwable failure) {
        Level level = complained.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOGGER.log(
                level,
                "The resilience listener " + listener.getClass().getName()
                        + " failed. Calls are not affected; further failures are logged at debug level.",
                failure);
    }
}

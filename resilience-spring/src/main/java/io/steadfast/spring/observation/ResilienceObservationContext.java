package io.steadfast.spring.observation;

import io.micrometer.observation.Observation;
import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import org.jspecify.annotations.Nullable;

/** What is known of a guarded call while it is observed. Written by its observer; others read it. */
public final class ResilienceObservationContext extends Observation.Context {

    private final Call call;

    private volatile int attempts;

    private volatile @Nullable Outcome outcome;

    private volatile @Nullable String instance;

    /**
     * The context of a call that begins.
     *
     * @param call the call
     */
    public ResilienceObservationContext(Call call) {
        this.call = call;
    }

    /**
     * The call itself, for its arguments for example.
     *
     * @return the call; no more to be asked once it has ended
     */
    public Call call() {
        return call;
    }

    /**
     * How often the target has been entered, attempts of a hedge included.
     *
     * @return 0 until the call has ended, and if every attempt was refused
     */
    public int attempts() {
        return attempts;
    }

    /**
     * How the call ended for its caller.
     *
     * @return the outcome; {@code null} until the call has ended
     */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /**
     * The instance that the last attempt was sent to.
     *
     * @return its id, for example {@code 10.0.0.7:8080}; {@code null} if no pool has picked one
     */
    public @Nullable String instance() {
        return instance;
    }

    void sentTo(String id) {
        instance = id;
    }

    void ended(int attemptsMade, Outcome how) {
        attempts = attemptsMade;
        outcome = how;
    }
}

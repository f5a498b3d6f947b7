package io.steadfast.core;

/**
 * Lets a call in, or refuses it, and hears how it ended: circuit breaker, rate limiter, bulkhead.
 */
public non-sealed interface Gate extends Policy {

    /**
     * Asks to enter. Never blocks. Called once per attempt, so a gate inside a retry is asked again each time.
     *
     * <p>Return an object that already exists where you can (a breaker's current state, the bulkhead itself): a permit
     * made per call is garbage per call.
     *
     * @param call the call that wants to enter
     * @return the permit; the driver settles it exactly once
     * @throws CallRejectedException if the call may not enter
     */
    Permit acquire(Call call);

    /**
     * Whether the permit needs to know how long the call took. A clock read costs more than everything else a gate does,
     * so drivers read it only for gates that say yes.
     *
     * @return {@code false} unless overridden; asked once per attempt, so it may change with the configuration
     */
    default boolean timed() {
        return false;
    }
}

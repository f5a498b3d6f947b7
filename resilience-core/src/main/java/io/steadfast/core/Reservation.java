package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * A permit that is not due yet: a place in a gate's queue. The driver waits in the way its caller can (the plain driver parks
 * its thread, the others have themselves called back) and then {@linkplain #claim claims} it; if the call ends first, it
 * {@linkplain #withdraw withdraws}. Exactly one of the two happens, once.
 *
 * <p>A wait never reaches beyond the call's deadline. A reservation that cannot come early and lies beyond it is withdrawn at
 * once, and the call refused.
 */
public abstract class Reservation implements Permit {

    /** For gates. */
    protected Reservation() {}

    /**
     * How long to wait before claiming. Asked once, as soon as the gate has handed the reservation out.
     *
     * @return nanoseconds; zero or less means now
     */
    public abstract long waitNanos();

    /**
     * Whether the permit may come before {@link #waitNanos} is over.
     *
     * @return {@code false} if only time decides, so that there is no use in waiting for less
     */
    public abstract boolean mayComeEarly();

    /**
     * Asks to be told once claiming is worth while before {@link #waitNanos} is over. Called at most once, and only if the
     * permit {@linkplain #mayComeEarly may come early}.
     *
     * @param wake to be run by any thread, at once if the moment has come already; quick, and never throws
     */
    public void whenReady(Runnable wake) {}

    /**
     * Takes the permit, after the wait or after being woken.
     *
     * @param call the call that waited
     * @return the permit, settled like any other; possibly another reservation, to wait further
     * @throws CallRejectedException if the call may not enter after all; the place is given up
     */
    public abstract Permit claim(Call call);

    /**
     * Gives the place up without a trace: the call was cancelled, or its deadline passed.
     *
     * @param call the call that waited
     */
    public abstract void withdraw(Call call);

    @Override
    public final void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
        throw unclaimed();
    }

    @Override
    public final void failed(Call call, long elapsedNanos, Throwable failure) {
        throw unclaimed();
    }

    @Override
    public final void abandoned(Call call) {
        withdraw(call);
    }

    private static IllegalStateException unclaimed() {
        return new IllegalStateException("A reservation was settled that nobody had claimed");
    }
}

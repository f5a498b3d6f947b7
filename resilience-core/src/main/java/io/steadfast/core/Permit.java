package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Gate} hands out on entry. The driver calls exactly one of the three methods, exactly once, before the
 * caller learns of the outcome, whatever happens in between: result, exception, {@link Error}, cancellation, interrupt.
 */
public interface Permit {

    /**
     * The target answered.
     *
     * @param call the call that was admitted
     * @param elapsedNanos how long it took, in nanoseconds; 0 if the gate is not {@linkplain Gate#timed() timed}
     * @param result what the target answered
     */
    void succeeded(Call call, long elapsedNanos, @Nullable Object result);

    /**
     * The target failed, or something further inside refused the call.
     *
     * @param call the call that was admitted
     * @param elapsedNanos how long it took, in nanoseconds; 0 if the gate is not {@linkplain Gate#timed() timed}
     * @param failure any throwable, an {@link Error} or a {@link CallRejectedException} of an inner gate too
     */
    void failed(Call call, long elapsedNanos, Throwable failure);

    /**
     * The call was cancelled, or ended in a way that concerns no policy: give back what was taken, count nothing.
     *
     * @param call the call that was admitted
     */
    void abandoned(Call call);
}

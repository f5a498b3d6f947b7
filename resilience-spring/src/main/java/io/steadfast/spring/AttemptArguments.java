package io.steadfast.spring;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that are another thing in each attempt, such as the instance that the attempt is to go to. A policy has them by giving this
 * as a {@linkplain PolicyProvider#traits trait} of the method; one per method.
 *
 * <p>Only the method itself, and interceptors behind the guard, see them: policies, and a fallback, get what the caller passed.
 */
@FunctionalInterface
public interface AttemptArguments {

    /**
     * The arguments of the attempt that begins. Asked once per attempt, after all gates have let it in, on the thread that makes it:
     * quick, and never blocks. Thread-safe.
     *
     * @param call the call
     * @param passed what the caller passed; not to be written to
     * @return the arguments to enter the method with, in an array of their own; {@code passed} itself if there is nothing to fill in
     */
    @Nullable
    Object[] forAttempt(Call call, @Nullable Object[] passed);
}

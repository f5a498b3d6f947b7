package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * How to run one kind of invocation: a {@code Callable}, a Spring method invocation, a subscription. Shared by all calls
 * and therefore stateless; what differs from call to call is the invocation.
 *
 * @param <I> the invocation
 */
public interface Target<I> {

    /**
     * Enters the target. Called once per attempt, so it must be repeatable.
     *
     * @param invocation the invocation
     * @return what the target returned
     * @throws Throwable what the target threw
     */
    @Nullable
    Object proceed(I invocation) throws Throwable;

    /**
     * Enters the target on behalf of a call, for targets that look at the call.
     *
     * @param invocation the invocation
     * @param call the call; valid until the target returns
     * @return what the target returned
     * @throws Throwable what the target threw
     */
    default @Nullable Object proceed(I invocation, Call call) throws Throwable {
        return proceed(invocation);
    }

    /**
     * The arguments the caller passed.
     *
     * @param invocation the invocation
     * @return the arguments, empty if this kind of invocation has none
     */
    default @Nullable Object[] arguments(I invocation) {
        return new @Nullable Object[0];
    }
}

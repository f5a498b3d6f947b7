package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/**
 * A rare fact about a policy. Nothing is created for calls that simply succeed.
 *
 * @param kind what happened
 * @param policy to which policy
 * @param call the call it happened to, or the instance's name where no single call is concerned
 * @param detail one line for a person; empty where {@code failure} says it all
 * @param from the state before, for {@link Kind#STATE_CHANGED}
 * @param to the state after, for {@link Kind#STATE_CHANGED}
 * @param failure the failure that led to it, if one did
 */
public record PolicyEvent(
        Kind kind,
        PolicyId policy,
        String call,
        String detail,
        @Nullable String from,
        @Nullable String to,
        @Nullable Throwable failure) {

    /** What happened. */
    public enum Kind {
        /** A gate refused a call. */
        REFUSED,
        /** A failed call will be tried again. */
        RETRYING,
        /** No attempts are left; the last outcome stands. */
        RETRIES_EXHAUSTED,
        /** The retry budget refused a retry; the failure stands. */
        BUDGET_EMPTY,
        /** The next try could not be made in the time that is left, or could not be scheduled. */
        RETRY_ABANDONED,
        /** A fallback was asked for the answer. */
        FALLBACK_USED,
        /** The fallback failed too. */
        FALLBACK_FAILED,
        /** A further attempt was started beside one that takes long. */
        HEDGED,
        /** The outcome of the call is that of an attempt which was started beside another. */
        HEDGE_WON,
        /** An attempt which was started beside another was of no use. */
        HEDGE_LOST,
        /** A time limit ran out. */
        TIMED_OUT,
        /** The policy changed its state. */
        STATE_CHANGED,
        /** The policy was replaced by one with other settings. */
        RECONFIGURED,
        /** An operator has changed or steered the policy, or what an operator did has ended. */
        CHANGED_BY_HAND,
        /** The policy itself threw, for example a predicate of the application; the call went on without it. */
        POLICY_FAILED
    }

    /**
     * Something that happened to one call.
     *
     * @param kind what happened
     * @param policy to which policy
     * @param call the call
     * @param detail one line for a person
     * @param failure the failure that led to it, if one did
     * @return the event
     */
    public static PolicyEvent of(Kind kind, PolicyId policy, String call, String detail, @Nullable Throwable failure) {
        return new PolicyEvent(kind, policy, call, detail, null, null, failure);
    }

    /**
     * A change of state.
     *
     * @param policy of which policy
     * @param from the state before
     * @param to the state after
     * @param detail one line for a person
     * @return the event
     */
    public static PolicyEvent stateChanged(PolicyId policy, String from, String to, String detail) {
        return new PolicyEvent(Kind.STATE_CHANGED, policy, policy.instance(), detail, from, to, null);
    }
}

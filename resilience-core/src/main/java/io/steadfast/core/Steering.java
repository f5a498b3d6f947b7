package io.steadfast.core;

/** What an operator may ask of a policy while calls go on. */
public enum Steering {
    /** Refuse every call, until {@link #RELEASE}. */
    FORCE_OPEN,
    /** Refuse no call, whatever is counted, until {@link #RELEASE}. */
    FORCE_CLOSED,
    /** End what was forced. Does nothing to a policy that is not forced. */
    RELEASE,
    /** Forget what has been learnt of earlier calls. Ends what was forced, too. Calls under way end as they began. */
    RESET
}

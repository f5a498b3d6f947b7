package io.steadfast.core;

/** Says how long everything inside it may take. */
public non-sealed interface TimeLimit extends Policy {

    /**
     * How long this call may take.
     *
     * @param call the call about to enter
     * @return nanoseconds; zero or less means no limit
     */
    long limitNanos(Call call);
}

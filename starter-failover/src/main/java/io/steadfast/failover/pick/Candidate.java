package io.steadfast.failover.pick;

import io.steadfast.core.Instance;

/** What a picker is told of one instance. Thread-safe, and asked on every pick, so it must be quick. */
public interface Candidate {

    /**
     * Which one it is.
     *
     * @return the instance
     */
    Instance instance();

    /**
     * How many requests it is serving.
     *
     * @return attempts that hold a lease on it, 0 or more
     */
    int inFlight();

    /**
     * How long one more request would take there: the peak-sensitive mean of the last answers, times the requests it would then be
     * serving, and a penalty after failures that came fast.
     *
     * @param nowNanos the pool's clock
     * @return nanoseconds; comparable among the candidates of a pool only
     */
    double cost(long nowNanos);

    /**
     * How much of its usual traffic it is ready for: less than all while it is new, or back after a time-out.
     *
     * @param nowNanos the pool's clock
     * @return above 0, at most 1
     */
    double share(long nowNanos);

    /**
     * Whether it is in service: neither ejected nor failing its health check nor leaving.
     *
     * @return whether it is; where too few are, the pool is in panic and offers the others, too
     */
    boolean isAvailable();
}

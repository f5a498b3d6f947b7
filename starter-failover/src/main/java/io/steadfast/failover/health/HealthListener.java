package io.steadfast.failover.health;

import io.steadfast.core.Instance;

/** Hears what checks have made of an instance. Called on the threads of the checks, one at a time for each instance; should be quick. */
@FunctionalInterface
public interface HealthListener {

    /**
     * A check has ended, and the thresholds are satisfied. Called after every such check and not only on changes, so that each passed
     * check can end an ejection. A check that ended while its instance is still being made up about (not enough in a row) is not heard of.
     *
     * @param instance which one
     * @param healthy {@code true} if the check passed and the instance counts as healthy; {@code false} if it failed and the instance
     *     counts as unhealthy
     * @param why what is wrong, one line; empty if it is healthy
     */
    void checked(Instance instance, boolean healthy, String why);
}

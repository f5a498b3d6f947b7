package io.steadfast.failover.health;

import java.time.Duration;

import io.steadfast.core.Instance;

/**
 * Asks one instance whether it is well. {@link HttpHealthCheck} and {@link TcpHealthCheck} come with the starter; a bean of this type
 * may do it in any other way.
 *
 * <p>A check may block: it runs on a thread for it alone, and never on that of a call. When its time is up it counts as unanswered and
 * the thread is interrupted; one that is deaf to that keeps its place among the checks that may run at once until it returns, and the
 * instance is not asked again before. What it throws, an {@code Error} included, is taken for {@link HealthVerdict#noAnswer}.
 *
 * <p>Must be thread-safe: instances are asked at the same time, though never the same instance twice.
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Asks.
     *
     * @param instance whom
     * @param timeout how long that may take
     * @return what was found
     * @throws Exception if it could not be found out
     */
    HealthVerdict check(Instance instance, Duration timeout) throws Exception;
}

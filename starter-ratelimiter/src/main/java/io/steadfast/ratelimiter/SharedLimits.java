package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.List;

/** A store of limits that several processes share. Thread-safe. */
public interface SharedLimits {

    /**
     * One limit of the store. Nothing is sent yet, so a store that is down disturbs nobody.
     *
     * @param name what the processes that share the limit call it
     * @param bandwidths what is allowed: all of them hold
     * @param answerWithin after which time the store has failed to answer
     * @return the limit
     * @throws io.steadfast.core.InvalidSettingsException if there is no way to reach the store, or it cannot keep such a limit
     */
    SharedLimit limit(String name, List<Bandwidth> bandwidths, Duration answerWithin);
}

package io.steadfast.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that knows when to come back: an exception or a result that carries the time its sender asked for, such as
 * HTTP's {@code Retry-After} (RFC 9110, 10.2.3). A retry waits that long instead of its own back-off.
 */
public interface RetryAfter {

    /**
     * How long to wait before the next try.
     *
     * @return the wait, empty if the sender did not say
     */
    Optional<Duration> retryAfter();
}

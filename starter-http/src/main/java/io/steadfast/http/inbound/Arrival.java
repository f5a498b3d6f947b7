package io.steadfast.http.inbound;

import io.steadfast.core.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What an inbound request said of itself.
 *
 * @param deadline by when it must be answered; {@code null} if nobody said, or if it had expired when it came
 * @param retriedAbove whether its caller retries it if it fails
 * @param refused whether it is not to be served at all
 */
public record Arrival(@Nullable Deadline deadline, boolean retriedAbove, boolean refused) {

    /** The name of the request attribute that holds the arrival. */
    public static final String ATTRIBUTE = Arrival.class.getName();

    static final Arrival SAID_NOTHING = new Arrival(null, false, false);

    /**
     * Whether its caller had stopped waiting by now.
     *
     * @return {@code false} if the request has no deadline
     */
    public boolean isLate() {
        return deadline != null && deadline.isOver();
    }
}

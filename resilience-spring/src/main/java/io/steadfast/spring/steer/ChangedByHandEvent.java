package io.steadfast.spring.steer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Published to the application for everything that operators change, try to change or take back by hand, on the thread that does it,
 * once it is done.
 *
 * @param kind what happened
 * @param call the call it is about
 * @param change the change; empty if it was refused
 * @param by who did it; empty if nobody knows, and where a change has ended by itself
 * @param at when
 * @param reasons why it was refused; empty if it was not
 * @param text all of it in one line, as the log has it
 */
public record ChangedByHandEvent(
        Kind kind,
        String call,
        Optional<LiveChange> change,
        Optional<String> by,
        Instant at,
        List<String> reasons,
        String text) {

    /** What happened to a change. */
    public enum Kind {
        /** It was made. */
        MADE,
        /** Somebody has taken it back, or what somebody else did has ended it. */
        UNDONE,
        /** Its time was up. */
        EXPIRED,
        /** It was refused, or could not be taken back. */
        REFUSED
    }

    /**
     * Copies the reasons.
     *
     * @param kind what happened
     * @param call the call
     * @param change the change
     * @param by who
     * @param at when
     * @param reasons why not
     * @param text all of it
     */
    public ChangedByHandEvent {
        reasons = List.copyOf(reasons);
    }
}

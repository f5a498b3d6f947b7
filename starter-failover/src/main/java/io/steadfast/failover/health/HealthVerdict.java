package io.steadfast.failover.health;

import java.util.Objects;

/**
 * What one check found.
 *
 * @param outcome whether it passed, and if not, how much that says
 * @param why one line for logs and operators; empty if it passed
 */
public record HealthVerdict(Outcome outcome, String why) {

    /** The ways a check ends. */
    public enum Outcome {
        /** The instance is well. */
        PASSED,
        /** Nothing was to be learned from the instance, which may be the network's fault: so many in a row are needed to condemn it. */
        NO_ANSWER,
        /** The instance itself said that it is not well: that counts at once. */
        REFUSED
    }

    private static final HealthVerdict WELL = new HealthVerdict(Outcome.PASSED, "");

    /**
     * Refuses {@code null}.
     *
     * @param outcome whether it passed
     * @param why one line
     */
    public HealthVerdict {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(why, "why");
    }

    /**
     * The instance is well.
     *
     * @return the shared constant
     */
    public static HealthVerdict passed() {
        return WELL;
    }

    /**
     * The instance could not be asked, or did not answer. It takes as many in a row as {@link HealthConfig#unhealthyThreshold()} says.
     *
     * @param why one line
     * @return a verdict that counts towards the threshold
     */
    public static HealthVerdict noAnswer(String why) {
        return new HealthVerdict(Outcome.NO_ANSWER, why);
    }

    /**
     * The instance answered that it is not well, or is about to leave. No second opinion is asked for.
     *
     * @param why one line
     * @return a verdict that counts at once
     */
    public static HealthVerdict refused(String why) {
        return new HealthVerdict(Outcome.REFUSED, why);
    }

    boolean isPassed() {
        return outcome == Outcome.PASSED;
    }
}

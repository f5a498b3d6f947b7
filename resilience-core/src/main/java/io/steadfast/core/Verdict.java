package io.steadfast.core;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/** What a {@link Recovery} says about an outcome. */
public sealed interface Verdict permits Verdict.Keep, Verdict.Again, Verdict.Instead {

    /**
     * The outcome stands.
     *
     * @return the shared constant
     */
    static Verdict keep() {
        return Keep.KEEP;
    }

    /**
     * Run everything inside the policy once more.
     *
     * @param delayNanos how long to wait first, in nanoseconds
     * @return the verdict
     */
    static Verdict again(long delayNanos) {
        return new Again(delayNanos);
    }

    /**
     * Answer with something else.
     *
     * @param replacement makes the answer; may throw, and may return a stage or a publisher where the call returns one
     * @return the verdict
     */
    static Verdict instead(Callable<? extends @Nullable Object> replacement) {
        return new Instead(replacement);
    }

    /** The outcome stands. */
    enum Keep implements Verdict {
        /** The only value. */
        KEEP
    }

    /**
     * Run again.
     *
     * @param delayNanos how long to wait first, in nanoseconds, not negative
     */
    record Again(long delayNanos) implements Verdict {

        /**
         * Refuses a negative delay.
         *
         * @param delayNanos how long to wait first, in nanoseconds, not negative
         */
        public Again {
            if (delayNanos < 0) {
                throw new IllegalArgumentException("A delay cannot be negative: " + delayNanos + " ns");
            }
        }
    }

    /**
     * Use this answer.
     *
     * @param replacement makes the answer
     */
    record Instead(Callable<? extends @Nullable Object> replacement) implements Verdict {

        /**
         * Refuses {@code null}.
         *
         * @param replacement makes the answer
         */
        public Instead {
            Objects.requireNonNull(replacement, "replacement");
        }
    }
}

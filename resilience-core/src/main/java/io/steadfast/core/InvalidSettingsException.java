package io.steadfast.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings that make no sense, all of them at once. Thrown by the configuration records of policies, which check
 * themselves, so that a wrong value is refused whether it comes from a property, an annotation or code.
 */
public final class InvalidSettingsException extends IllegalArgumentException {

    private final transient List<Problem> problems;

    /**
     * Refuses settings.
     *
     * @param problems what is wrong, at least one
     */
    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return at least one problem
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong.
     *
     * @param keys the settings concerned, spelled as in the properties, for example {@code max-attempts}
     * @param reason what is wrong with them, in words that follow the key: "must be at least 1, but is 0"
     */
    public record Problem(List<String> keys, String reason) {

        /**
         * Copies the keys.
         *
         * @param keys the settings concerned, spelled as in the properties, for example {@code max-attempts}
         * @param reason what is wrong with them, in words that follow the key: "must be at least 1, but is 0"
         */
        public Problem {
            keys = List.copyOf(keys);
        }

        @Override
        public String toString() {
            return String.join(" and ", keys) + " " + reason;
        }
    }
}

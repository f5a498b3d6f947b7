package io.steadfast.spring;

/**
 * Looks at the settings of all policies of one call together, at start-up: each policy checks its own settings, but whether the
 * limit of an attempt fits the limit of the call, say, only somebody who sees several can tell. Every bean of this type is asked
 * once for each guarded method, when all beans are made; for methods of lazy beans, when these are.
 */
@FunctionalInterface
public interface CallRule {

    /**
     * Checks one call.
     *
     * @param call its settings
     * @param findings takes what is wrong
     */
    void check(GuardedCallSettings call, Findings findings);

    /** Takes what rules find. The same finding, made again for another method of the call, counts once. */
    interface Findings {

        /**
         * A contradiction: the application does not start. Told in one report with all other mistakes; with
         * {@code resilience.validation: lenient} it is a warning.
         *
         * @param what what is wrong, one sentence without the call's name, which is put in front
         * @param action how to mend it, one sentence
         * @param concerned the settings that contradict each other, shown with their values and origins
         */
        void refuse(String what, String action, GuardedCallSettings.Setting<?>... concerned);

        /**
         * Something that is probably not meant, but works: one line in the log, as a warning.
         *
         * @param what what is odd, one sentence without the call's name, which is put in front
         * @param action how to mend it, one sentence
         * @param concerned the settings in question, shown with their values and origins
         */
        void warn(String what, String action, GuardedCallSettings.Setting<?>... concerned);
    }
}

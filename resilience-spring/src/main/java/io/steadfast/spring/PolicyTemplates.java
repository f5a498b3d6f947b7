package io.steadfast.spring;

import io.steadfast.core.Policy;

/**
 * Makes policies of another kind that a policy has inside itself, such as a circuit breaker for each instance of a pool, with the
 * settings of a configured instance. Thread-safe.
 */
@FunctionalInterface
public interface PolicyTemplates {

    /**
     * Finds what policies are to be like. Asked while a policy is made, so that what is wrong is refused at start-up.
     *
     * @param policy the kind, as its section is called in the properties
     * @param instance the configured instance whose settings hold
     * @param where who asks for it, for messages
     * @return makes policies like that
     * @throws InvalidGuardException if nothing here makes policies of that kind, or no such instance is configured
     * @throws io.steadfast.core.InvalidSettingsException if its settings make no sense
     */
    Template find(String policy, String instance, String where);

    /** Makes policies that are alike. */
    interface Template {

        /**
         * Makes one more. It is known to operators by its name where others of its kind are, but belongs to no call of its own.
         *
         * @param name its name, which nobody else of that kind may have
         * @return the policy
         */
        Policy make(String name);

        /**
         * Ends one that is no longer used.
         *
         * @param made what {@link #make} returned
         */
        void discard(Policy made);
    }
}

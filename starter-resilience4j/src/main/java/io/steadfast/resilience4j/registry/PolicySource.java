package io.steadfast.resilience4j.registry;

/** Makes the policies that are asked for by name. */
public interface PolicySource {

    /**
     * Makes the policy of a name, unless it is there already or switched off.
     *
     * @param kind the kind
     * @param name the instance's name
     */
    void make(Kind kind, String name);

    /**
     * Whether resilience4j's starter would have made an instance of that name as the application started.
     *
     * @param kind the kind
     * @param name the instance's name
     * @return {@code true} if properties describe it, or a customizer is for it
     */
    boolean isConfigured(Kind kind, String name);
}

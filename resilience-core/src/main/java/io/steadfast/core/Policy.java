package io.steadfast.core;

import java.util.Map;

/**
 * A rule about calls. It decides; a driver acts on what it decided, so a policy never blocks, sleeps, starts a thread or
 * knows whether the call is a plain method, a stage or a publisher.
 *
 * <p>Implementations are thread-safe: one policy serves all concurrent calls of all methods that share its name.
 */
public sealed interface Policy permits Gate, Recovery, TimeLimit, Race {

    /**
     * Kind and instance name.
     *
     * @return the identity, the same for the policy's whole life
     */
    PolicyId id();

    /**
     * The state as an operator would like to read it, in a stable order: plain text, numbers and booleans.
     *
     * @return a snapshot; empty for a policy without state
     */
    default Map<String, Object> snapshot() {
        return Map.of();
    }
}

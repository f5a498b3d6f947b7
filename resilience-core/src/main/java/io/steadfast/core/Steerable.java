package io.steadfast.core;

import java.util.Set;

/**
 * A policy that an operator may steer by hand while calls go on. What is forced stays so when the policy is replaced because its
 * settings have changed.
 *
 * <p>Implementations are thread-safe: steering, live changes and calls come at the same time.
 */
public interface Steerable {

    /**
     * What the policy knows how to do.
     *
     * @return none if there is nothing to steer under its settings; the same for the policy's whole life
     */
    Set<Steering> steerings();

    /**
     * Does it. Quick; never blocks on calls. Doing it twice is the same as doing it once.
     *
     * @param steering one of {@link #steerings()}
     * @throws IllegalArgumentException if it is none of them; nothing is changed
     */
    void steer(Steering steering);
}

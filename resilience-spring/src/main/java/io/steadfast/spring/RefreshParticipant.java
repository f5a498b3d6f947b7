package io.steadfast.spring;

/**
 * Has settings of its own under {@code resilience.} that follow when properties change. Every such bean is asked; a change happens
 * only if nobody objects.
 */
@FunctionalInterface
public interface RefreshParticipant {

    /**
     * Reads the settings as they are now and checks them. Changes nothing yet.
     *
     * @return what to do to put them in force; must be quick and must not throw. It is never run if somebody else objects
     * @throws InvalidResilienceException if they are refused
     */
    Runnable prepare();
}

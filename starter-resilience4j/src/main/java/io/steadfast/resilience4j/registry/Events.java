package io.steadfast.resilience4j.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

import io.github.resilience4j.core.EventProcessor;

/** Tells resilience4j's event consumers what its own instances would tell them. Makes no event unless somebody listens. */
abstract class Events<E> extends EventProcessor<E> {

    private static final Logger LOGGER = System.getLogger(Events.class.getName());

    private final String whose;

    /**
     * Nobody listens yet.
     *
     * @param whose kind and name, for the log
     */
    Events(String whose) {
        this.whose = whose;
    }

    void tell(Supplier<? extends E> event) {
        if (hasConsumers()) {
            try {
                processEvent(event.get());
            } catch (Throwable failure) {
                LOGGER.log(Level.DEBUG, "A listener of " + whose + " failed; calls are not affected", failure);
            }
        }
    }
}

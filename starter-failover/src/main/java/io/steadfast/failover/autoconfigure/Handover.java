package io.steadfast.failover.autoconfigure;

import java.net.URI;

import io.steadfast.core.Instance;

/** How a method is handed an instance, by one type of parameter. */
interface Handover {

    /** What every method can be handed. */
    Handover ADDRESS = new Handover() {
        @Override
        public Class<?> type() {
            return URI.class;
        }

        @Override
        public Object of(Instance instance) {
            return instance.uri();
        }

        @Override
        public URI addressOf(Object passed) {
            return (URI) passed;
        }
    };

    /** The type of the parameter. */
    Class<?> type();

    /** What is handed over. */
    Object of(Instance instance);

    /** Where an instance is reached that the caller has passed himself. */
    URI addressOf(Object passed);
}

package io.steadfast.spring.observation;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Stands before the handler that makes a timer of every observation, and does nothing: calls are counted and timed by
 * {@code resilience.calls} already, with or without observations. Among handlers of meters Spring Boot lets the first that supports a
 * context have it.
 */
public final class UntimedObservationHandler implements MeterObservationHandler<ResilienceObservationContext> {

    /** A handler. */
    public UntimedObservationHandler() {}

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ResilienceObservationContext;
    }
}

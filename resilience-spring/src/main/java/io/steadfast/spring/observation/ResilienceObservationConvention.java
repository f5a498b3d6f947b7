package io.steadfast.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of guarded calls and says what is told of them. A bean of this type replaces
 * {@link DefaultResilienceObservationConvention}; to add to it, extend that class.
 *
 * <p>Asked as a call begins, when its outcome is not known yet, and again as it ends. Thread-safe.
 */
public interface ResilienceObservationConvention extends ObservationConvention<ResilienceObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ResilienceObservationContext;
    }
}

package io.steadfast.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.steadfast.core.Outcome;
import io.steadfast.spring.observation.ResilienceObservationDocumentation.HighCardinality;
import io.steadfast.spring.observation.ResilienceObservationDocumentation.LowCardinality;

/**
 * What {@link ResilienceObservationDocumentation} describes: {@code name}, {@code outcome} and {@code attempts}, which are few, and
 * {@code instance} if a pool has picked one. Outcomes are those of the meter {@code resilience.calls}. Stateless and thread-safe.
 */
public class DefaultResilienceObservationConvention implements ResilienceObservationConvention {

    private final String name;

    /** Observations called {@code resilience.call}. */
    public DefaultResilienceObservationConvention() {
        this("resilience.call");
    }

    /**
     * Observations with a name of one's own.
     *
     * @param name the name of the observation
     */
    public DefaultResilienceObservationConvention(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getContextualName(ResilienceObservationContext context) {
        return "call " + context.call().name();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ResilienceObservationContext context) {
        Outcome outcome = context.outcome();
        return KeyValues.of(
                LowCardinality.NAME.withValue(context.call().name()),
                LowCardinality.OUTCOME.withValue(outcome == null ? KeyValue.NONE_VALUE : outcome.tag()),
                LowCardinality.ATTEMPTS.withValue(Integer.toString(context.attempts())));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ResilienceObservationContext context) {
        String instance = context.instance();
        return instance == null ? KeyValues.empty() : KeyValues.of(HighCardinality.INSTANCE.withValue(instance));
    }
}

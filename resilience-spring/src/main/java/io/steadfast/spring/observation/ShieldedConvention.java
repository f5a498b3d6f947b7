package io.steadfast.spring.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The application's convention. Where that throws, ours answers: a convention is asked again as the observation ends, and a span that
 * is not ended is never seen.
 */
final class ShieldedConvention implements ResilienceObservationConvention {

    static final ResilienceObservationConvention DEFAULT = new DefaultResilienceObservationConvention();

    private static final Log LOGGER = LogFactory.getLog(ResilienceObserver.class);

    private final ResilienceObservationConvention own;

    private final AtomicBoolean complained = new AtomicBoolean();

    ShieldedConvention(ResilienceObservationConvention own) {
        this.own = own;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return ask(one -> one.supportsContext(context));
    }

    @Override
    public @Nullable String getName() {
        return ask(ResilienceObservationConvention::getName);
    }

    @Override
    public @Nullable String getContextualName(ResilienceObservationContext context) {
        return ask(one -> one.getContextualName(context));
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ResilienceObservationContext context) {
        return ask(one -> one.getLowCardinalityKeyValues(context));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ResilienceObservationContext context) {
        return ask(one -> one.getHighCardinalityKeyValues(context));
    }

    private <T extends @Nullable Object> T ask(Function<ResilienceObservationConvention, T> question) {
        try {
            return question.apply(own);
        } catch (Throwable broken) {
            complain(broken);
            return question.apply(DEFAULT);
        }
    }

    /** Said loudly once, then only at debug: it is asked several times in each call. */
    private void complain(Throwable broken) {
        String text = "The convention " + own.getClass().getName()
                + " failed. Observations of calls have the default names and keys instead; further failures are logged at debug"
                + " level.";
        if (complained.compareAndSet(false, true)) {
            LOGGER.warn(text, broken);
        } else {
            LOGGER.debug(text, broken);
        }
    }
}

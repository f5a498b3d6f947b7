package io.steadfast.samples.storefront.show;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Role;
import org.springframework.stereotype.Component;

/** Counts the calls that got their answer, but not at the first attempt. Any bean of this type hears of every call. */
@Component
@Role(BeanDefinition.ROLE_INFRASTRUCTURE) // made before most beans, because it listens to all of them
class RetriesThatHelped implements ResilienceListener {

    private final Counts counts = new Counts();

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        if (outcome == Outcome.SUCCESS && call.attempts() > 1) {
            counts.add(call.name());
        }
    }

    long of(String call) {
        return counts.of(call);
    }
}

package io.steadfast.samples.storefront.show;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

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

    private final Map<String, LongAdder> byCall = new ConcurrentHashMap<>();

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        if (outcome == Outcome.SUCCESS && call.attempts() > 1) {
            byCall.computeIfAbsent(call.name(), name -> new LongAdder()).increment();
        }
    }

    long of(String call) {
        LongAdder count = byCall.get(call);
        return count == null ? 0 : count.sum();
    }
}

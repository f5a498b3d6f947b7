package io.steadfast.resilience4j.registry;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.timeout.TimeoutPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Has the time limiters of resilience4j's registry tell how the attempts of guarded calls ended: successfully, with a failure, or not
 * in time. A limit that is not reached hears nothing of its calls, so this is put together from what listeners are told: of failed
 * attempts when they are retried, answered by a fallback, or the call's last.
 */
public final class TimeLimiterListener implements ResilienceListener {

    private final Supplier<? extends @Nullable TimeLimiterRegistry> registry;

    private final Supplier<? extends @Nullable CallCatalogue> catalogue;

    /**
     * A listener. Neither supplier is asked before the first call: listeners are made before nearly everything else.
     *
     * @param registry the time limiters
     * @param catalogue the calls there are
     */
    public TimeLimiterListener(
            Supplier<? extends @Nullable TimeLimiterRegistry> registry,
            Supplier<? extends @Nullable CallCatalogue> catalogue) {
        this.registry = registry;
        this.catalogue = catalogue;
    }

    @Override
    public boolean hears(Kind kind) {
        return kind == Kind.TIMED_OUT || kind == Kind.RETRYING || kind == Kind.FALLBACK_USED;
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        switch (event.kind()) {
            case TIMED_OUT -> {
                if (event.policy().policy().equals(TimeoutPolicy.KIND)) {
                    find(event.policy().instance())
                            .ifPresent(limiter -> limiter.onError(
                                    TimeLimiter.createdTimeoutExceptionWithName(limiter.getName(), null)));
                }
            }
            case RETRYING, FALLBACK_USED -> failed(event.call(), event.failure());
            default -> {
                // nothing that a time limiter would know of
            }
        }
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        switch (outcome) {
            case SUCCESS -> ofCall(call.name()).ifPresent(TimeLimiter::onSuccess);
            case FAILURE, IGNORED, REFUSED -> failed(call.name(), failure);
            default -> {
                // told already, or nobody's business
            }
        }
    }

    /** What a gate further out refused never got as far as the limit; of what took too long there is an event of its own. */
    private void failed(String call, @Nullable Throwable failure) {
        boolean outside = failure instanceof CallRejectedException && !(failure instanceof BulkheadFullException);
        if (failure != null && !outside && !(failure instanceof CallTimeoutException)) {
            ofCall(call).ifPresent(limiter -> limiter.onError(failure));
        }
    }

    private Optional<TimeLimiter> ofCall(String name) {
        CallCatalogue known = catalogue.get();
        Optional<GuardedCall> call = known == null ? Optional.empty() : known.find(name);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        for (GuardedPolicy policy : call.get().pipeline()) {
            if (policy.id().policy().equals(TimeoutPolicy.KIND)) {
                return find(policy.id().instance());
            }
        }
        return Optional.empty();
    }

    private Optional<TimeLimiter> find(String instance) {
        TimeLimiterRegistry all = registry.get();
        return all == null ? Optional.empty() : all.find(instance);
    }
}

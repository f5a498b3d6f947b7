package io.steadfast.ratelimiter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.core.EventProcessor;
import io.github.resilience4j.ratelimiter.RateLimiter.EventPublisher;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnDrainedEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnSuccessEvent;

/** Tells resilience4j's event consumers what its own limiter would tell them. Makes no event unless somebody listens. */
final class Announcements extends EventProcessor<RateLimiterEvent> implements EventPublisher {

    private static final Logger LOGGER = System.getLogger(RateLimiterPolicy.class.getName());

    private final String name;

    Announcements(String name) {
        this.name = name;
    }

    @Override
    public EventPublisher onSuccess(EventConsumer<RateLimiterOnSuccessEvent> consumer) {
        registerConsumer(RateLimiterOnSuccessEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onFailure(EventConsumer<RateLimiterOnFailureEvent> consumer) {
        registerConsumer(RateLimiterOnFailureEvent.class.getName(), consumer);
        return this;
    }

    void admitted(int permits) {
        if (hasConsumers()) {
            publish(new RateLimiterOnSuccessEvent(name, permits));
        }
    }

    void refused(int permits) {
        if (hasConsumers()) {
            publish(new RateLimiterOnFailureEvent(name, permits));
        }
    }

    void drained(int permits) {
        if (hasConsumers()) {
            publish(new RateLimiterOnDrainedEvent(name, permits));
        }
    }

    private void publish(RateLimiterEvent event) {
        try {
            processEvent(event);
        } catch (Throwable failure) {
            LOGGER.log(
                    Level.DEBUG, "A listener of rate limiter '" + name + "' failed; calls are not affected", failure);
        }
    }
}

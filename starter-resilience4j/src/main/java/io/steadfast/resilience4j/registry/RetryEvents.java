package io.steadfast.resilience4j.registry;

import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.retry.Retry.EventPublisher;
import io.github.resilience4j.retry.event.RetryEvent;
import io.github.resilience4j.retry.event.RetryOnErrorEvent;
import io.github.resilience4j.retry.event.RetryOnIgnoredErrorEvent;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import io.github.resilience4j.retry.event.RetryOnSuccessEvent;

/** What a retry tells. */
final class RetryEvents extends Events<RetryEvent> implements EventPublisher {

    RetryEvents(String name) {
        super("retry '" + name + "'");
    }

    @Override
    public EventPublisher onRetry(EventConsumer<RetryOnRetryEvent> consumer) {
        registerConsumer(RetryOnRetryEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onSuccess(EventConsumer<RetryOnSuccessEvent> consumer) {
        registerConsumer(RetryOnSuccessEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onError(EventConsumer<RetryOnErrorEvent> consumer) {
        registerConsumer(RetryOnErrorEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onIgnoredError(EventConsumer<RetryOnIgnoredErrorEvent> consumer) {
        registerConsumer(RetryOnIgnoredErrorEvent.class.getName(), consumer);
        return this;
    }
}

package io.steadfast.resilience4j.registry;

import io.github.resilience4j.bulkhead.Bulkhead.EventPublisher;
import io.github.resilience4j.bulkhead.event.BulkheadEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallFinishedEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallPermittedEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallRejectedEvent;
import io.github.resilience4j.core.EventConsumer;

/** What a bulkhead tells. */
final class BulkheadEvents extends Events<BulkheadEvent> implements EventPublisher {

    private final String name;

    BulkheadEvents(String name) {
        super("bulkhead '" + name + "'");
        this.name = name;
    }

    void permitted() {
        tell(() -> new BulkheadOnCallPermittedEvent(name));
    }

    void rejected() {
        tell(() -> new BulkheadOnCallRejectedEvent(name));
    }

    void finished() {
        tell(() -> new BulkheadOnCallFinishedEvent(name));
    }

    @Override
    public EventPublisher onCallRejected(EventConsumer<BulkheadOnCallRejectedEvent> consumer) {
        registerConsumer(BulkheadOnCallRejectedEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onCallPermitted(EventConsumer<BulkheadOnCallPermittedEvent> consumer) {
        registerConsumer(BulkheadOnCallPermittedEvent.class.getName(), consumer);
        return this;
    }

    @Override
    public EventPublisher onCallFinished(EventConsumer<BulkheadOnCallFinishedEvent> consumer) {
        registerConsumer(BulkheadOnCallFinishedEvent.class.getName(), consumer);
        return this;
    }
}

package io.steadfast.circuitbreaker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.EventPublisher;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnCallNotPermittedEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnErrorEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnIgnoredErrorEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnSuccessEvent;
import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.core.EventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of single calls: our recorder, and the engine's event consumers. The engine makes an event object, with the
 * time of day in it, for each refusal and each ignored failure, whether anybody listens or not, and no event at all for
 * calls it is not told of; so those are published from here, and only if somebody listens.
 */
final class Audience {

    private static final Logger LOGGER = System.getLogger(CircuitBreakerPolicy.class.getName());

    private final String name;

    private final @Nullable EventProcessor<?> consumers;

    private final @Nullable EventConsumer<CircuitBreakerEvent> entrance;

    private final AtomicReference<@Nullable CallRecorder> recorder = new AtomicReference<>();

    @SuppressWarnings("unchecked") // the engine's publisher consumes what it publishes
    Audience(String name, EventPublisher publisher) {
        this.name = name;
        boolean known = publisher instanceof EventProcessor<?> && publisher instanceof EventConsumer<?>;
        this.consumers = known ? (EventProcessor<?>) publisher : null;
        this.entrance = known ? (EventConsumer<CircuitBreakerEvent>) publisher : null;
    }

    void recordTo(CallRecorder another) {
        recorder.accumulateAndGet(another, (known, added) -> known == null ? added : known.and(added));
    }

    boolean isListening() {
        return recorder.get() != null || engineIsHeard();
    }

    /** A call ended that the engine publishes itself, if at all. */
    void record(CountedAs as, long elapsedNanos) {
        CallRecorder listening = recorder.get();
        if (listening != null && as != CountedAs.NOTHING) {
            try {
                listening.ended(as, elapsedNanos);
            } catch (Throwable failure) {
                complain(failure);
            }
        }
    }

    /** A call ended that the engine is not told of. */
    void publish(CountedAs as, long elapsedNanos, Throwable failure, State state) {
        if (!engineIsHeard() || !state.allowPublish || as == CountedAs.NOTHING) {
            return;
        }
        Duration elapsed = Duration.ofNanos(elapsedNanos);
        switch (as) {
            case SUCCESS -> publish(new CircuitBreakerOnSuccessEvent(name, elapsed));
            case FAILURE -> publish(new CircuitBreakerOnErrorEvent(name, elapsed, failure));
            default -> publish(new CircuitBreakerOnIgnoredErrorEvent(name, elapsed, failure));
        }
    }

    void refused() {
        CallRecorder listening = recorder.get();
        if (listening != null) {
            try {
                listening.refused();
            } catch (Throwable failure) {
                complain(failure);
            }
        }
    }

    void publishRefusal(State state) {
        if (engineIsHeard() && state.allowPublish) {
            publish(new CircuitBreakerOnCallNotPermittedEvent(name));
        }
    }

    private boolean engineIsHeard() {
        return consumers != null && consumers.hasConsumers();
    }

    private void publish(CircuitBreakerEvent event) {
        if (entrance != null) {
            try {
                entrance.consumeEvent(event);
            } catch (Throwable failure) {
                complain(failure);
            }
        }
    }

    private void complain(Throwable failure) {
        LOGGER.log(Level.DEBUG, "A listener of circuit breaker '" + name + "' failed; calls are not affected", failure);
    }
}

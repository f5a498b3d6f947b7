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
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnFailureRateExceededEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnIgnoredErrorEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnSlowCallRateExceededEvent;
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
        return recorder.get() != null || hasConsumers();
    }

    /** A call ended: for our own recorder. */
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

    /** A call ended: for the engine's consumers, which the engine, not being told of calls, does not tell itself. */
    void publish(CountedAs as, long elapsedNanos, Throwable failure, State state) {
        if (!hasConsumers() || !state.allowPublish || as == CountedAs.NOTHING) {
            return;
        }
        Duration elapsed = Duration.ofNanos(elapsedNanos);
        switch (as) {
            case SUCCESS -> publish(new CircuitBreakerOnSuccessEvent(name, elapsed));
            case FAILURE -> publish(new CircuitBreakerOnErrorEvent(name, elapsed, CountingRules.unwrap(failure)));
            default -> publish(new CircuitBreakerOnIgnoredErrorEvent(name, elapsed, failure));
        }
    }

    void publishFailureRate(float percent) {
        publish(new CircuitBreakerOnFailureRateExceededEvent(name, percent));
    }

    void publishSlowRate(float percent) {
        publish(new CircuitBreakerOnSlowCallRateExceededEvent(name, percent));
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
        if (hasConsumers() && state.allowPublish) {
            publish(new CircuitBreakerOnCallNotPermittedEvent(name));
        }
    }

    /** Whether anybody listens to the engine's events. */
    boolean hasConsumers() {
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

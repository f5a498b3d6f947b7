package io.steadfast.spring;

import java.time.Instant;

/**
 * A policy changed its state, for example a circuit breaker that opened. Published to the application's
 * {@code @EventListener} methods, on the thread whose call led to the change: a listener that takes its time should be
 * {@code @Async}. What a listener throws is logged and reaches no call.
 *
 * @param name the name of the policy's instance, for example {@code inventory}
 * @param policy its kind as in the properties, for example {@code circuit-breaker}
 * @param from the state before, for example {@code CLOSED}
 * @param to the state after, for example {@code OPEN}
 * @param at when, by the wall clock
 */
public record StateChangedEvent(String name, String policy, String from, String to, Instant at) {}

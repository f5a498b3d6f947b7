package io.steadfast.core;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/**
 * What policies and pipelines need from their surroundings.
 *
 * @param ticker the clock
 * @param timer how to wait
 * @param listener who hears what happens
 * @param carrier carries the caller's context to other threads
 * @param observer who watches single calls
 * @param random spreads waits and picks; thread-safe. The JVM's own, unless a test or a simulation is to be repeatable
 */
public record PolicyRuntime(
        Ticker ticker,
        Timer timer,
        ResilienceListener listener,
        ContextCarrier carrier,
        CallObserver observer,
        RandomGenerator random) {

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private static final PolicyRuntime SYSTEM =
            new PolicyRuntime(Ticker.system(), Timer.system(), ResilienceListener.NONE);

    /**
     * Refuses {@code null} and shields the listener, so that nobody has to guard against it.
     *
     * @param ticker the clock
     * @param timer how to wait
     * @param listener who hears what happens
     * @param carrier carries the caller's context to other threads
     * @param observer who watches single calls
     * @param random spreads waits and picks
     */
    public PolicyRuntime {
        Objects.requireNonNull(ticker, "ticker");
        Objects.requireNonNull(timer, "timer");
        Objects.requireNonNull(carrier, "carrier");
        Objects.requireNonNull(observer, "observer");
        Objects.requireNonNull(random, "random");
        listener = ResilienceListener.all(List.of(listener));
    }

    /**
     * Surroundings that spread waits as the JVM's random numbers have it.
     *
     * @param ticker the clock
     * @param timer how to wait
     * @param listener who hears what happens
     * @param carrier carries the caller's context to other threads
     * @param observer who watches single calls
     */
    public PolicyRuntime(
            Ticker ticker, Timer timer, ResilienceListener listener, ContextCarrier carrier, CallObserver observer) {
        this(ticker, timer, listener, carrier, observer, RANDOM);
    }

    /**
     * Surroundings in which nobody watches single calls.
     *
     * @param ticker the clock
     * @param timer how to wait
     * @param listener who hears what happens
     * @param carrier carries the caller's context to other threads
     */
    public PolicyRuntime(Ticker ticker, Timer timer, ResilienceListener listener, ContextCarrier carrier) {
        this(ticker, timer, listener, carrier, CallObserver.NONE);
    }

    /**
     * Surroundings that carry no context.
     *
     * @param ticker the clock
     * @param timer how to wait
     * @param listener who hears what happens
     */
    public PolicyRuntime(Ticker ticker, Timer timer, ResilienceListener listener) {
        this(ticker, timer, listener, ContextCarrier.NONE);
    }

    /**
     * The JVM's clock and timer, and nobody listening.
     *
     * @return the shared constant
     */
    public static PolicyRuntime system() {
        return SYSTEM;
    }

    /**
     * The same with another listener.
     *
     * @param other who hears what happens
     * @return a copy
     */
    public PolicyRuntime withListener(ResilienceListener other) {
        return new PolicyRuntime(ticker, timer, other, carrier, observer, random);
    }

    /**
     * The same with other random numbers.
     *
     * @param other thread-safe
     * @return a copy
     */
    public PolicyRuntime withRandom(RandomGenerator other) {
        return new PolicyRuntime(ticker, timer, listener, carrier, observer, other);
    }
}

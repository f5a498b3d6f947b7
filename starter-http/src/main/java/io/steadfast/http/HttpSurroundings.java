package io.steadfast.http;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.ToIntFunction;

import io.steadfast.core.Call;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.WallClock;

/**
 * What HTTP clients need from their surroundings. All parts are thread-safe.
 *
 * @param clock the time of day, for dates in headers
 * @param ticker measures time
 * @param random from 0 to below 1
 * @param maxAttempts how many attempts a guarded call makes at most; 1 if it is not retried
 */
public record HttpSurroundings(
        InstantSource clock, Ticker ticker, DoubleSupplier random, ToIntFunction<Call> maxAttempts) {

    /**
     * Refuses {@code null}.
     *
     * @param clock the time of day
     * @param ticker measures time
     * @param random from 0 to below 1
     * @param maxAttempts how many attempts a guarded call makes at most
     */
    public HttpSurroundings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(ticker, "ticker");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(maxAttempts, "maxAttempts");
    }

    /**
     * The JVM's clocks, and no knowledge of retries.
     *
     * @return new surroundings
     */
    public static HttpSurroundings system() {
        return new HttpSurroundings(
                WallClock.system(),
                Ticker.system(),
                () -> ThreadLocalRandom.current().nextDouble(),
                call -> 1);
    }
}

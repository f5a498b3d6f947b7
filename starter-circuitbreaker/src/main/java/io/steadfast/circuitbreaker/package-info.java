/**
 * The circuit breaker: stops calling what keeps failing, and finds out when it is back.
 *
 * <p>Closed, it counts the calls of the last 10 seconds; when at least 20 are there and half of them failed, it opens and
 * refuses every call for 5 seconds, doubling with each trip in a row up to 60 seconds. Then it is half-open: 5 trial calls
 * decide by the same rate whether it closes or opens again. The pattern is Michael Nygard's ("Release It!", 2007, chapter
 * 5); the states are kept by resilience4j's engine, the window, the trials, the permits and the open time by this
 * package. Usable without Spring: see {@link io.steadfast.circuitbreaker.CircuitBreakerPolicy}.
 */
@NullMarked
package io.steadfast.circuitbreaker;

import org.jspecify.annotations.NullMarked;

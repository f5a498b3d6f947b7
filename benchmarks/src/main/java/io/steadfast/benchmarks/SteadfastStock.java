package io.steadfast.benchmarks;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;

/** The bean, annotated for us. Its methods are those of {@link Resilience4jStock}, one for one. */
public class SteadfastStock {

    private final Remote remote;

    SteadfastStock(Remote remote) {
        this.remote = remote;
    }

    /** Three attempts in all. */
    @Retry("retry")
    public String retry(String id) {
        return remote.ask(id);
    }

    /** A window of 100 calls. */
    @CircuitBreaker("breaker")
    public String breaker(String id) {
        return remote.ask(id);
    }

    /** A window of 10 seconds, the default. */
    @CircuitBreaker("timed")
    public String timedBreaker(String id) {
        return remote.ask(id);
    }

    /** Nothing but a fallback. */
    @Fallback(value = "fallback", method = "instead")
    public String fallback(String id) {
        return remote.ask(id);
    }

    /** All three; the fallback is outermost. */
    @Fallback(value = "three", method = "instead")
    @Retry("three")
    @CircuitBreaker("three")
    public String three(String id) {
        return remote.ask(id);
    }

    /** Its breaker is open. */
    @CircuitBreaker("open")
    public String refused(String id) {
        return remote.ask(id);
    }

    /** The same breaker, open. */
    @Fallback(value = "open", method = "instead")
    @CircuitBreaker("open")
    public String refusedWithFallback(String id) {
        return remote.ask(id);
    }

    private String instead(String id, Throwable failure) {
        return Remote.UNKNOWN;
    }
}

package io.steadfast.benchmarks;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;

/** The bean, annotated for resilience4j. Its methods are those of {@link SteadfastStock}, one for one. */
public class Resilience4jStock {

    private final Remote remote;

    Resilience4jStock(Remote remote) {
        this.remote = remote;
    }

    /** Three attempts in all. */
    @Retry(name = "retry")
    public String retry(String id) {
        return remote.ask(id);
    }

    /** A window of 100 calls. */
    @CircuitBreaker(name = "breaker")
    public String breaker(String id) {
        return remote.ask(id);
    }

    /** A window of 10 seconds. */
    @CircuitBreaker(name = "timed")
    public String timedBreaker(String id) {
        return remote.ask(id);
    }

    /** There is no fallback without another policy here, so this is the cheapest one: a retry that never retries. */
    @Retry(name = "fallback", fallbackMethod = "instead")
    public String fallback(String id) {
        return remote.ask(id);
    }

    /** All three; the fallback is outermost. */
    @Retry(name = "three", fallbackMethod = "instead")
    @CircuitBreaker(name = "three")
    public String three(String id) {
        return remote.ask(id);
    }

    /** Its breaker is open. */
    @CircuitBreaker(name = "open")
    public String refused(String id) {
        return remote.ask(id);
    }

    /** The same breaker, open. */
    @CircuitBreaker(name = "open", fallbackMethod = "instead")
    public String refusedWithFallback(String id) {
        return remote.ask(id);
    }

    /** The fallback. Public, because a private one costs this library two permission checks more per use. */
    public String instead(String id, Throwable failure) {
        return Remote.UNKNOWN;
    }
}

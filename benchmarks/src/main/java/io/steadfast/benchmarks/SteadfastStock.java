package io.steadfast.benchmarks;

import java.util.concurrent.CompletableFuture;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import io.steadfast.timeout.Timeout;

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

    /** More permits than anybody can use. */
    @RateLimiter("limiter")
    public String rateLimiter(String id) {
        return remote.ask(id);
    }

    /** 25 calls at once. */
    @Bulkhead("bulkhead")
    public String bulkhead(String id) {
        return remote.ask(id);
    }

    /** A limit of 1 s for a plain method, on its caller's thread. */
    @Timeout("timeout")
    public String timeout(String id) {
        return remote.ask(id);
    }

    /** The same limit for a method that hands out a future. */
    @Timeout("timeout")
    public CompletableFuture<String> timeoutOfFuture(String id) {
        return CompletableFuture.completedFuture(remote.ask(id));
    }

    /** All that both sides can put around a plain method. */
    @Fallback(value = "five", method = "instead")
    @Retry("five")
    @CircuitBreaker("five")
    @RateLimiter("five")
    @Bulkhead("five")
    public String five(String id) {
        return remote.ask(id);
    }

    /** The same with a limit for each attempt, and one in total. */
    @Fallback(value = "six", method = "instead")
    @Retry("six")
    @CircuitBreaker("six")
    @RateLimiter("six")
    @Timeout("six")
    @Bulkhead("six")
    public String six(String id) {
        return remote.ask(id);
    }

    /** All of it around a future. */
    @Fallback(value = "six", method = "futureInstead")
    @Retry("six")
    @CircuitBreaker("six")
    @RateLimiter("six")
    @Timeout("six")
    @Bulkhead("six")
    public CompletableFuture<String> sixAroundFuture(String id) {
        return CompletableFuture.completedFuture(remote.ask(id));
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

    private CompletableFuture<String> futureInstead(String id, Throwable failure) {
        return CompletableFuture.completedFuture(Remote.UNKNOWN);
    }

    private String instead(String id, Throwable failure) {
        return Remote.UNKNOWN;
    }
}

package io.steadfast.benchmarks;

import java.util.concurrent.CompletableFuture;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;

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

    /** More permits than anybody can use. */
    @RateLimiter(name = "limiter")
    public String rateLimiter(String id) {
        return remote.ask(id);
    }

    /** 25 calls at once. */
    @Bulkhead(name = "bulkhead")
    public String bulkhead(String id) {
        return remote.ask(id);
    }

    /** A limit of 1 s; this library cannot limit a plain method. */
    @TimeLimiter(name = "timeout")
    public CompletableFuture<String> timeoutOfFuture(String id) {
        return CompletableFuture.completedFuture(remote.ask(id));
    }

    /** All that both sides can put around a plain method. */
    @Retry(name = "five", fallbackMethod = "instead")
    @CircuitBreaker(name = "five")
    @RateLimiter(name = "five")
    @Bulkhead(name = "five")
    public String five(String id) {
        return remote.ask(id);
    }

    /** All of it around a future; the limit is the attempt's, there is none in total. */
    @Retry(name = "six", fallbackMethod = "futureInstead")
    @CircuitBreaker(name = "six")
    @RateLimiter(name = "six")
    @TimeLimiter(name = "six")
    @Bulkhead(name = "six")
    public CompletableFuture<String> sixAroundFuture(String id) {
        return CompletableFuture.completedFuture(remote.ask(id));
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

    /** The fallback of a future. */
    public CompletableFuture<String> futureInstead(String id, Throwable failure) {
        return CompletableFuture.completedFuture(Remote.UNKNOWN);
    }

    /** The fallback. Public, because a private one costs this library two permission checks more per use. */
    public String instead(String id, Throwable failure) {
        return Remote.UNKNOWN;
    }
}

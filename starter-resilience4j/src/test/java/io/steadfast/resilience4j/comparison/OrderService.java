package io.steadfast.resilience4j.comparison;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;

/** A shop's order service, written for resilience4j's starter. */
public class OrderService {

    private final AtomicInteger entered = new AtomicInteger();

    private final CompletableFuture<String> never = new CompletableFuture<>();

    /** How often a method was entered since this was last asked. */
    public int entered() {
        return entered.getAndSet(0);
    }

    @Retry(name = "stock")
    public String stock(int failures) throws IOException {
        if (entered.incrementAndGet() <= failures) {
            throw new IOException("down");
        }
        return "7 left";
    }

    @Retry(name = "stock", fallbackMethod = "noProduct")
    public String product(String id) throws NoSuchProduct {
        entered.incrementAndGet();
        throw new NoSuchProduct(id);
    }

    private String noProduct(String id, NoSuchProduct failure) {
        return "no " + id;
    }

    private String noProduct(String id, Exception failure) {
        return "try later";
    }

    @Retry(name = "orders")
    public String order() {
        return entered.incrementAndGet() < 3 ? "PENDING" : "DONE";
    }

    @Retry(name = "#root.methodName", configuration = "stubborn")
    public String reserve() throws IOException {
        entered.incrementAndGet();
        throw new IOException("down");
    }

    @CircuitBreaker(name = "prices", fallbackMethod = "lastPrice")
    public String price(String product) {
        entered.incrementAndGet();
        throw new IllegalStateException("down");
    }

    private String lastPrice(String product, IllegalStateException failure) {
        return "price of yesterday";
    }

    private String lastPrice(String product, Throwable refusal) {
        return "no price";
    }

    @CircuitBreaker(name = "catalogue")
    public String catalogue(String product) throws NoSuchProduct {
        entered.incrementAndGet();
        throw new NoSuchProduct(product);
    }

    @RateLimiter(name = "search")
    public String search() {
        return "found " + entered.incrementAndGet();
    }

    @Bulkhead(name = "invoices")
    public CompletableFuture<String> invoice() {
        entered.incrementAndGet();
        return never;
    }

    @TimeLimiter(name = "shipping", fallbackMethod = "slowly")
    public CompletableFuture<String> ship() {
        entered.incrementAndGet();
        return new CompletableFuture<>();
    }

    private CompletableFuture<String> slowly(Throwable failure) {
        return CompletableFuture.completedFuture("shipped tomorrow");
    }

    @TimeLimiter(name = "shipping")
    public CompletableFuture<String> track() {
        return new CompletableFuture<>();
    }

    public static class NoSuchProduct extends Exception {
        NoSuchProduct(String id) {
            super(id);
        }
    }

    public static class Pending implements Predicate<Object> {
        public Pending() {}

        @Override
        public boolean test(Object answer) {
            return "PENDING".equals(answer);
        }
    }
}

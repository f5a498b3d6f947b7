package io.steadfast.resilience4j.comparison;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;

/** A client of a payment gateway, written for resilience4j's starter. */
public class PaymentGateway {

    private final AtomicInteger entered = new AtomicInteger();

    private volatile Exception trouble;

    /** How often a method was entered since this was last asked. */
    public int entered() {
        return entered.getAndSet(0);
    }

    public void fail(Exception failure) {
        this.trouble = failure;
    }

    @CircuitBreaker(name = "${payment.gateway}")
    @Retry(name = "${payment.gateway}")
    public String pay(int cents) throws Exception {
        entered.incrementAndGet();
        if (trouble != null) {
            throw trouble;
        }
        return "paid " + cents;
    }

    @CircuitBreaker(name = "ledger")
    public String book() {
        entered.incrementAndGet();
        return "booked";
    }

    @CircuitBreaker(name = "fraud")
    public String check(String answer) throws Exception {
        entered.incrementAndGet();
        if (trouble != null) {
            throw trouble;
        }
        return answer;
    }

    @CircuitBreaker(name = "frozen")
    public String frozen() {
        return "never";
    }

    @Bulkhead(name = "receipts", type = Bulkhead.Type.THREADPOOL)
    public CompletableFuture<String> receipt() {
        return CompletableFuture.completedFuture("receipt");
    }

    /** The gateway says that it is down. */
    public static class Outage implements Predicate<Throwable> {
        public Outage() {}

        @Override
        public boolean test(Throwable failure) {
            return failure instanceof IOException;
        }
    }

    public static class Unsure implements Predicate<Object> {
        public Unsure() {}

        @Override
        public boolean test(Object answer) {
            return "UNSURE".equals(answer);
        }
    }
}

package io.steadfast.starter;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.spring.Resilient;

/** A shop whose every service is down. */
class RefreshedShop {

    private final AtomicInteger entries = new AtomicInteger();

    private IOException failure = new IOException("down");

    @Retry("stock")
    public String stock() throws IOException {
        return fail();
    }

    @Retry("price")
    @Fallback(value = "price", method = "about")
    public String price() throws IOException {
        return fail();
    }

    String about(Throwable failure) {
        return "about ten";
    }

    @Retry(value = "tuned", maxAttempts = 4)
    public String tuned() throws IOException {
        return fail();
    }

    @CircuitBreaker("card")
    @Fallback(value = "card", method = "declined", exceptions = ArithmeticException.class)
    public String card() throws IOException {
        return fail();
    }

    String declined(Throwable failure) {
        return "declined";
    }

    @Resilient("parcel")
    public String parcel() throws IOException {
        return fail();
    }

    public void failWith(IOException other) {
        failure = other;
    }

    public int entriesOf(Body body) {
        entries.set(0);
        try {
            body.run();
        } catch (IOException expected) {
            // counted below
        }
        return entries.get();
    }

    private String fail() throws IOException {
        entries.incrementAndGet();
        throw failure;
    }

    interface Body {

        Object run() throws IOException;
    }
}

package io.steadfast.spring.toys;

import java.util.concurrent.atomic.AtomicInteger;

/** A bean with guarded methods. */
public class ToyShop {

    private volatile RuntimeException failure;

    private final AtomicInteger failures = new AtomicInteger();

    /** The next attempts fail. */
    public void failNext(int times, RuntimeException with) {
        failure = with;
        failures.set(times);
    }

    @ToyRetry("inventory")
    @ToyBreaker("inventory")
    public String stock(String id) {
        return answer("stock of " + id);
    }

    @ToyRetry(maxAttempts = 2)
    public String find(String id) {
        return answer("product " + id);
    }

    @ToyRetry("eu/west/prices")
    public String price(String id) {
        return answer("price of " + id);
    }

    private String answer(String answer) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw failure;
        }
        return answer;
    }
}

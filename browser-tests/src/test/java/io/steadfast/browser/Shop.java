package io.steadfast.browser;

import java.util.concurrent.atomic.AtomicBoolean;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with a call that can be broken, one that cannot, and some with names that mean harm. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Shop {

    static final String SCRIPT = "<img src=x onerror=alert(1)>";

    static final String QUOTES = "\"><script>alert('2')</script>&amp;";

    /** Turns the direction of what follows. */
    static final String BACKWARDS = "\u202egnp.exe/stock";

    /** In a path, it would be another call. */
    static final String CLIMBING = "x/../stock";

    static final String LONG = "a-name-that-does-not-end-".repeat(12);

    @Bean
    Stock stock() {
        return new Stock();
    }

    @Bean
    Harm harm() {
        return new Harm();
    }

    static class Stock {

        private final AtomicBoolean broken = new AtomicBoolean();

        public void breakDown(boolean now) {
            broken.set(now);
        }

        @Fallback(value = "stock", method = "unknown")
        @Retry("stock")
        @CircuitBreaker("stock")
        public int left(String product) {
            if (broken.get()) {
                throw new IllegalStateException("no answer about " + product);
            }
            return 7;
        }

        @CircuitBreaker("prices")
        public int price(String product) {
            return product.length();
        }

        int unknown(String product) {
            return -1;
        }
    }

    static class Harm {

        @CircuitBreaker(SCRIPT)
        public int script() {
            throw new IllegalStateException(SCRIPT);
        }

        @CircuitBreaker(QUOTES)
        public int quotes() {
            return 1;
        }

        @CircuitBreaker(BACKWARDS)
        public int backwards() {
            return 2;
        }

        @CircuitBreaker(CLIMBING)
        public int climbing() {
            return 4;
        }

        @CircuitBreaker(
                "a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-"
                        + "a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-"
                        + "a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-a-name-that-does-not-end-")
        public int endless() {
            return 3;
        }
    }
}

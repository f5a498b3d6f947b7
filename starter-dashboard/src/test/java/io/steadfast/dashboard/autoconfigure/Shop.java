package io.steadfast.dashboard.autoconfigure;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.retry.Retry;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A small application with two guarded calls, for both web stacks. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Shop {

    @Bean
    Stock stock() {
        return new Stock();
    }

    public static class Stock {

        @Retry("stock")
        @CircuitBreaker("stock")
        public int left(String product) {
            if (product.isEmpty()) {
                throw new IllegalStateException("no such shelf");
            }
            return 7;
        }

        @CircuitBreaker("shelf/upper")
        public int above() {
            return 3;
        }
    }
}

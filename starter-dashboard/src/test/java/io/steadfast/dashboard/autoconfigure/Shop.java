package io.steadfast.dashboard.autoconfigure;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.retry.Retry;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A small application with a few guarded calls, for both web stacks. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Shop {

    @Bean
    Shelf shelf() {
        return new Shelf();
    }

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
    }

    /** Names that are something else in a path, a query or a page. */
    public static class Shelf {

        static final String SLASH = "shelf/upper";

        static final String CLIMBING = "shelf/../upper";

        static final String DOTS = "..";

        static final String ESCAPED = "shelf%2Fupper";

        static final String PARAMETER = "shelf;jsessionid=1";

        static final String BLANKS = "shelf  upper";

        static final String QUOTES = "\"shelf\" 'upper' <b>";

        static final String PLUS = "shelf+upper";

        static final String QUERY = "shelf?name=stock&x=#y";

        static final String UNICODE = "Größe 棚 \ud83d\uded2";

        @CircuitBreaker(SLASH)
        public int slash() {
            return 0;
        }

        @CircuitBreaker(CLIMBING)
        public int climbing() {
            return 1;
        }

        @CircuitBreaker(DOTS)
        public int dots() {
            return 2;
        }

        @CircuitBreaker(ESCAPED)
        public int escaped() {
            return 3;
        }

        @CircuitBreaker(PARAMETER)
        public int parameter() {
            return 4;
        }

        @CircuitBreaker(BLANKS)
        public int blanks() {
            return 5;
        }

        @CircuitBreaker(QUOTES)
        public int quotes() {
            return 6;
        }

        @CircuitBreaker(PLUS)
        public int plus() {
            return 7;
        }

        @CircuitBreaker(QUERY)
        public int query() {
            return 8;
        }

        @CircuitBreaker(UNICODE)
        public int unicode() {
            return 9;
        }
    }
}

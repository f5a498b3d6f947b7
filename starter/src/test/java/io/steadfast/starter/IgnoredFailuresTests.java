package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;

import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one policy ignores, the fallback does not answer. */
class IgnoredFailuresTests {

    private static final String NOT_FOUND = "java.io.FileNotFoundException";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resilience.retry.instances.stock.ignore-exceptions=" + NOT_FOUND,
                "resilience.retry.defaults.ignore-exceptions=" + NOT_FOUND,
                "resilience.circuit-breaker.instances.stock.ignore-exceptions=" + NOT_FOUND
            })
    void whenAPolicyIgnoresAFailure_thenTheCallerGetsIt(String property) {
        Steadfast.application(Stock.class).withPropertyValues(property).run(context -> {
            Stock stock = context.getBean(Stock.class);
            assertThatThrownBy(() -> stock.find(new FileNotFoundException())).isInstanceOf(FileNotFoundException.class);
            assertThatThrownBy(() -> stock.find(new IOException(new FileNotFoundException())))
                    .hasCauseInstanceOf(FileNotFoundException.class);
        });
    }

    @Test
    void whenAnAnnotationIgnoresIt_thenTheCallerGetsItToo() {
        Steadfast.application(Annotated.class)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Annotated.class).find())
                        .isInstanceOf(FileNotFoundException.class));
    }

    @Test
    void whenTheFallbackListsIt_thenItAnswers() {
        Steadfast.application(Stock.class)
                .withPropertyValues(
                        "resilience.retry.instances.stock.ignore-exceptions=" + NOT_FOUND,
                        "resilience.fallback.instances.stock.exceptions=java.lang.Exception")
                .run(context -> assertThat(context.getBean(Stock.class).find(new FileNotFoundException()))
                        .isEqualTo("unknown"));
    }

    @Test
    void whenTheFallbackTakesThatClass_thenItAnswers() {
        Steadfast.application(Knowing.class)
                .withPropertyValues("resilience.retry.instances.stock.ignore-exceptions=" + NOT_FOUND)
                .run(context ->
                        assertThat(context.getBean(Knowing.class).find()).isEqualTo("no such thing"));
    }

    @Test
    void whenARefusalIsIgnored_thenTheFallbackAnswersAllTheSame() {
        Steadfast.application(Stock.class)
                .withPropertyValues(
                        "resilience.retry.instances.stock.ignore-exceptions=" + CircuitOpenException.class.getName(),
                        "resilience.circuit-breaker.instances.stock.initial-state=forced-open")
                .run(context -> assertThat(context.getBean(Stock.class).find(new IOException()))
                        .isEqualTo("unknown"));
    }

    static class Stock {

        @Retry("stock")
        @CircuitBreaker("stock")
        @Fallback(value = "stock", method = "unknown")
        public String find(IOException failure) throws IOException {
            throw failure;
        }

        String unknown(IOException asked, Throwable failure) {
            return "unknown";
        }
    }

    static class Annotated {

        @Retry(value = "stock", ignoreExceptions = FileNotFoundException.class)
        @Fallback(value = "stock", method = "unknown")
        public String find() throws IOException {
            throw new FileNotFoundException();
        }

        String unknown() {
            return "unknown";
        }
    }

    static class Knowing {

        @Retry("stock")
        @Fallback(value = "stock", method = "unknown")
        public String find() throws IOException {
            throw new FileNotFoundException();
        }

        String unknown(FileNotFoundException failure) {
            return "no such thing";
        }
    }
}

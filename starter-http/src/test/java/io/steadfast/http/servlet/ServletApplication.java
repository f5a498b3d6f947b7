package io.steadfast.http.servlet;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.Deadline;
import io.steadfast.http.RetryLayer;
import io.steadfast.http.inbound.Trouble;
import io.steadfast.test.ManualTicker;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells what its threads know of the request. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ServletApplication.Controller.class, ServletApplication.Advice.class})
class ServletApplication {

    static String left() {
        return Deadline.remaining().map(Duration::toString).orElse("endless");
    }

    @RestController
    static class Controller {

        private final ManualTicker ticker;

        Controller(ManualTicker ticker) {
            this.ticker = ticker;
        }

        @GetMapping("/left")
        String plain() {
            return left();
        }

        @GetMapping("/left-callable")
        Callable<String> callable() {
            return ServletApplication::left;
        }

        @GetMapping("/left-dispatched")
        CompletableFuture<WhenWritten> dispatched() {
            CompletableFuture<WhenWritten> later = new CompletableFuture<>();
            later.completeAsync(WhenWritten::new);
            return later;
        }

        @GetMapping("/retried")
        boolean retried() {
            return RetryLayer.isRetriedAbove();
        }

        @GetMapping("/slow")
        String slow() {
            ticker.advance(Duration.ofSeconds(1));
            return left();
        }

        @GetMapping("/fail/{trouble}")
        String fail(@PathVariable Trouble trouble) {
            throw trouble.failure();
        }
    }

    /** Asks when it is made JSON of, on the thread that the asynchronous answer is dispatched to. */
    static final class WhenWritten {

        public String getLeft() {
            return left();
        }
    }

    /** An application that has its own idea of refusals. */
    @RestControllerAdvice
    @ConditionalOnBooleanProperty("opinionated")
    static class Advice {

        @ExceptionHandler
        ResponseEntity<String> refused(CallRejectedException refusal) {
            return ResponseEntity.status(418).body(refusal.callName());
        }
    }
}

package io.steadfast.http.reactive;

import java.time.Duration;

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
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Tells what the context knows of the request. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ReactiveApplication.Controller.class, ReactiveApplication.Advice.class})
class ReactiveApplication {

    static String left(ContextView context) {
        return context.<Deadline>getOrEmpty(Deadline.CONTEXT_KEY)
                .map(deadline -> deadline.left().toString())
                .orElse("endless");
    }

    @RestController
    static class Controller {

        private final ManualTicker ticker;

        Controller(ManualTicker ticker) {
            this.ticker = ticker;
        }

        @GetMapping("/left")
        Mono<String> left() {
            return Mono.deferContextual(context -> Mono.just(ReactiveApplication.left(context)));
        }

        @GetMapping("/left-on-thread")
        Mono<String> onThread() {
            return Mono.fromSupplier(
                    () -> Deadline.remaining().map(Duration::toString).orElse("endless"));
        }

        @GetMapping("/retried")
        Mono<Boolean> retried() {
            return Mono.deferContextual(context -> Mono.just(context.getOrDefault(RetryLayer.CONTEXT_KEY, false)));
        }

        @GetMapping("/slow")
        Mono<String> slow() {
            ticker.advance(Duration.ofSeconds(1));
            return left();
        }

        @GetMapping("/fail/{trouble}")
        Mono<String> fail(@PathVariable Trouble trouble) {
            return Mono.error(trouble.failure());
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

package io.steadfast.springcloud.reactive;

import java.util.function.Function;
import java.util.function.Predicate;

import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.spring.NamedCall;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Guards publishers. The guard is asked at each subscription for the policies in force. */
record ReactivePipelineCircuitBreaker(NamedCall call) implements ReactiveCircuitBreaker {

    private static final Predicate<Throwable> NOT_FATAL = failure -> !(failure instanceof VirtualMachineError);

    @Override
    public <T> Mono<T> run(Mono<T> toRun, @Nullable Function<Throwable, Mono<T>> fallback) {
        Mono<T> guarded =
                Mono.defer(() -> ReactorPipelines.<T>mono(call.pipeline()).apply(toRun));
        return fallback == null ? guarded : guarded.onErrorResume(NOT_FATAL, fallback);
    }

    @Override
    public <T> Flux<T> run(Flux<T> toRun, @Nullable Function<Throwable, Flux<T>> fallback) {
        Flux<T> guarded =
                Flux.defer(() -> ReactorPipelines.<T>flux(call.pipeline()).apply(toRun));
        return fallback == null ? guarded : guarded.onErrorResume(NOT_FATAL, fallback);
    }
}

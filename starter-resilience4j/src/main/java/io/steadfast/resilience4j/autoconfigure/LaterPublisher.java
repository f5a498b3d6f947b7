package io.steadfast.resilience4j.autoconfigure;

import java.util.function.Function;

import io.github.resilience4j.micrometer.Timer;
import io.steadfast.resilience4j.metrics.LaterResult;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor's publishers: timed from each subscription until they complete. */
final class LaterPublisher implements LaterResult {

    @Override
    public boolean concerns(Object returned) {
        return returned instanceof Mono<?> || returned instanceof Flux<?>;
    }

    @Override
    public Object timed(Object returned, Timer timer, Timer.Context started) {
        return returned instanceof Mono<?> mono ? timed(mono, timer) : timed((Flux<?>) returned, timer);
    }

    private static <T> Publisher<T> timed(Mono<T> mono, Timer timer) {
        Function<Timer.Context, Mono<T>> watched =
                context -> mono.doOnSuccess(result -> context.onSuccess()).doOnError(context::onFailure);
        return Mono.defer(() -> watched.apply(timer.createContext()));
    }

    private static <T> Publisher<T> timed(Flux<T> flux, Timer timer) {
        Function<Timer.Context, Flux<T>> watched =
                context -> flux.doOnComplete(context::onSuccess).doOnError(context::onFailure);
        return Flux.defer(() -> watched.apply(timer.createContext()));
    }
}

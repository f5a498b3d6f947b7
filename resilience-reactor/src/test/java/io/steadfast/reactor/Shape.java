package io.steadfast.reactor;

import java.util.concurrent.Callable;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The two kinds of guarded publisher, so that one scenario runs through both. */
enum Shape {
    MONO {
        @Override
        <T> Flux<T> guard(Pipeline pipeline, Callable<? extends Publisher<T>> source) {
            return ReactorPipelines.<Callable<?>, T>mono(pipeline, source, CALL).flux();
        }
    },
    FLUX {
        @Override
        <T> Flux<T> guard(Pipeline pipeline, Callable<? extends Publisher<T>> source) {
            return ReactorPipelines.flux(pipeline, source, CALL);
        }
    };

    private static final Target<Callable<?>> CALL = Callable::call;

    /** A guarded method that hands out a publisher. */
    abstract <T> Flux<T> guard(Pipeline pipeline, Callable<? extends Publisher<T>> source);
}

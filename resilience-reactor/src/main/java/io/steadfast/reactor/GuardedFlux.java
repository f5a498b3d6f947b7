package io.steadfast.reactor;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Makes a call of each subscription. */
final class GuardedFlux<I, T> extends Flux<T> {

    private final Pipeline pipeline;

    private final I invocation;

    private final Target<? super I> target;

    private GuardedFlux(Pipeline pipeline, I invocation, Target<? super I> target) {
        this.pipeline = pipeline;
        this.invocation = invocation;
        this.target = target;
    }

    static <I, T> Flux<T> of(Pipeline pipeline, I invocation, Target<? super I> target) {
        return onAssembly(new GuardedFlux<>(pipeline, invocation, target));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        FluxCall<I, T> call = new FluxCall<>(pipeline, invocation, target, actual);
        actual.onSubscribe(call);
        call.start();
    }
}

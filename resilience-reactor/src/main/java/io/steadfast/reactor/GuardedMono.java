package io.steadfast.reactor;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Makes a call of each subscription. */
final class GuardedMono<I, T> extends Mono<T> {

    private final Pipeline pipeline;

    private final I invocation;

    private final Target<? super I> target;

    private GuardedMono(Pipeline pipeline, I invocation, Target<? super I> target) {
        this.pipeline = pipeline;
        this.invocation = invocation;
        this.target = target;
    }

    static <I, T> Mono<T> of(Pipeline pipeline, I invocation, Target<? super I> target) {
        return onAssembly(new GuardedMono<>(pipeline, invocation, target));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        MonoCall<I, T> call = new MonoCall<>(pipeline, invocation, target, actual);
        actual.onSubscribe(call);
        call.start();
    }
}

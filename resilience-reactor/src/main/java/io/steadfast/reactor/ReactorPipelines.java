package io.steadfast.reactor;

import java.util.Objects;
import java.util.function.Function;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Guards publishers with a {@link Pipeline}.
 *
 * <pre>{@code
 * Mono<Stock> guarded = client.stock(id).transform(ReactorPipelines.mono(pipeline));
 * }</pre>
 *
 * <p>One subscription is one call, and nothing happens before it. An attempt is one subscription to the guarded publisher,
 * made with the caller's {@code Context}; a wait between attempts is a task of the pipeline's timer. Permits are settled and
 * listeners have heard of the outcome before the subscriber does. Cancelling the subscription cancels the work and a pending
 * retry. Operators are not fused across a guard. Stateless and thread-safe.
 */
public final class ReactorPipelines {

    private ReactorPipelines() {}

    /**
     * Guards a {@code Mono}, which is subscribed to once per attempt. Empty counts as success with the result {@code null};
     * a {@code null} from a fallback is empty.
     *
     * @param pipeline the policies
     * @param <T> the element
     * @return for {@link Mono#transform}
     */
    public static <T> Function<Mono<T>, Mono<T>> mono(Pipeline pipeline) {
        Objects.requireNonNull(pipeline, "pipeline");
        return source -> mono(pipeline, source, PublisherTarget.INSTANCE);
    }

    /**
     * Guards a {@code Flux}, which is subscribed to once per attempt.
     *
     * <p>Elements pass straight through, as many as were asked for, whatever the number of attempts. The call ends with
     * completion or error, so a permit is held, and a limit runs, until then. Retry and fallback act only while nothing has
     * been emitted, unless {@linkplain io.steadfast.core.Recovery#afterFirstElement() the policy says otherwise}. A
     * subscriber that cancels after the first element has been served; before, the call counts for nothing. The result that
     * policies see is {@code null}.
     *
     * @param pipeline the policies
     * @param <T> the element
     * @return for {@link Flux#transform}
     */
    public static <T> Function<Flux<T>, Flux<T>> flux(Pipeline pipeline) {
        Objects.requireNonNull(pipeline, "pipeline");
        return source -> flux(pipeline, source, PublisherTarget.INSTANCE);
    }

    /**
     * Guards an invocation that returns a {@code Mono}, or another publisher of which the first element counts. For
     * adapters. The invocation is made anew for each attempt; one that throws, or returns no publisher, is a failed attempt.
     *
     * @param pipeline the policies
     * @param invocation what is called
     * @param target how to call it
     * @param <I> the invocation
     * @param <T> the element
     * @return the guarded call, to be subscribed to any number of times
     */
    public static <I, T> Mono<T> mono(Pipeline pipeline, I invocation, Target<? super I> target) {
        return GuardedMono.of(pipeline, invocation, target);
    }

    /**
     * Guards an invocation that returns a publisher of many elements. For adapters. The invocation is made anew for each
     * attempt; one that throws, or returns no publisher, is a failed attempt.
     *
     * @param pipeline the policies
     * @param invocation what is called
     * @param target how to call it
     * @param <I> the invocation
     * @param <T> the element
     * @return the guarded call, to be subscribed to any number of times
     */
    public static <I, T> Flux<T> flux(Pipeline pipeline, I invocation, Target<? super I> target) {
        return GuardedFlux.of(pipeline, invocation, target);
    }

    /** A publisher that exists already. */
    private enum PublisherTarget implements Target<Publisher<?>> {
        INSTANCE;

        @Override
        public Object proceed(Publisher<?> source) {
            return source;
        }
    }
}

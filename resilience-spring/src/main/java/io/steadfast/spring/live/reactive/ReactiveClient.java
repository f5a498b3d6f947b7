package io.steadfast.spring.live.reactive;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

import io.steadfast.spring.live.Frame;
import io.steadfast.spring.live.LiveSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One client. */
final class ReactiveClient implements LiveSubscriber {

    static final int QUEUE = 64;

    private final Sinks.Many<Frame> frames =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(QUEUE));

    /** Ends the stream at once, whatever still waits: a client that does not read would never come to the end of it. */
    private final Sinks.Empty<Void> end = Sinks.empty();

    private final Optional<OpenResponse> response;

    ReactiveClient(Optional<OpenResponse> response) {
        this.response = response;
    }

    Flux<Frame> frames() {
        return frames.asFlux().takeUntilOther(end.asMono());
    }

    /** A client that has gone is about to leave by itself, and is not dropped. */
    @Override
    public boolean offer(Frame frame) {
        return frames.tryEmitNext(frame) != Sinks.EmitResult.FAIL_OVERFLOW;
    }

    @Override
    public void ended() {
        end.tryEmitEmpty();
        response.ifPresent(OpenResponse::ended);
    }
}

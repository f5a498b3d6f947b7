package io.steadfast.spring.live.reactive;

import java.util.function.BooleanSupplier;

import io.steadfast.spring.live.Frame;
import io.steadfast.spring.live.LiveFeed;
import io.steadfast.spring.live.TooManySubscribersException;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Streams the feed to clients of WebFlux. A client for which more than {@value ReactiveClient#QUEUE} frames wait is dropped: its stream ends,
 * and behind a {@link StreamFilter} its connection is closed. Thread-safe.
 */
public final class ReactiveStream {

    private final LiveFeed feed;

    private final BooleanSupplier writable;

    /**
     * A stream.
     *
     * @param feed what to send
     * @param writable whether clients may change anything
     */
    public ReactiveStream(LiveFeed feed, BooleanSupplier writable) {
        this.feed = feed;
        this.writable = writable;
    }

    /**
     * A stream, to be returned by a controller. Whoever subscribes takes a place; where the last one was taken meanwhile, the stream
     * fails with that exception.
     *
     * @return the stream; it ends when the client does not keep up, or the application stops
     * @throws TooManySubscribersException if there are too many already: answer 503
     */
    public Flux<ServerSentEvent<String>> open() {
        if (!feed.hasRoom()) {
            throw new TooManySubscribersException();
        }
        return Flux.deferContextual(this::watch).map(ReactiveStream::event);
    }

    private Flux<Frame> watch(ContextView context) {
        ReactiveClient client = new ReactiveClient(context.getOrEmpty(OpenResponse.class));
        AutoCloseable place = feed.subscribe(client, writable.getAsBoolean());
        return client.frames().doFinally(signal -> leave(place));
    }

    private static void leave(AutoCloseable place) {
        try {
            place.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ServerSentEvent<String> event(Frame frame) {
        return ServerSentEvent.builder(frame.json()).event(frame.event()).build();
    }
}

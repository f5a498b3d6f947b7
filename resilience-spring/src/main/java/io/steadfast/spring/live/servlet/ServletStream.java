package io.steadfast.spring.live.servlet;

import java.util.function.BooleanSupplier;

import io.steadfast.core.time.Timer;
import io.steadfast.spring.live.LiveFeed;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams the feed to clients of Spring MVC.
 *
 * <p>A servlet's write blocks while the client does not read, so each client is written to by a task of the timer of its own, never by
 * the feed or by a thread of the container. A client that lets more than {@value ServletClient#QUEUE} frames wait is dropped: its response is ended as soon as the write under way
 * has failed or gone through. Until then, at most until the server's write timeout, it keeps its thread and its place. Thread-safe.
 */
public final class ServletStream {

    private final LiveFeed feed;

    private final Timer timer;

    private final BooleanSupplier writable;

    /**
     * A stream.
     *
     * @param feed what to send
     * @param timer runs what sends; its tasks must be allowed to block, as those of the system timer are
     * @param writable whether clients may change anything
     */
    public ServletStream(LiveFeed feed, Timer timer, BooleanSupplier writable) {
        this.feed = feed;
        this.timer = timer;
        this.writable = writable;
    }

    /**
     * Begins to send to one client. To be returned by a controller.
     *
     * @return the stream; it ends when the client goes, does not keep up, or the application stops
     * @throws io.steadfast.spring.live.TooManySubscribersException if there are too many already: answer 503
     */
    public SseEmitter open() {
        ServletClient client = new ServletClient(timer);
        client.occupy(feed.subscribe(client, writable.getAsBoolean()));
        return client.emitter();
    }
}

package io.steadfast.spring.live.reactive;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Timer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.Disposable;

/**
 * A response that has not been sent to its end. A server sends all that was written before it closes a connection, and waits for ever for
 * a client that does not read. Thread-safe.
 */
final class OpenResponse {

    private static final Log LOGGER = LogFactory.getLog(ReactiveStream.class);

    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerHttpResponse response;

    private final Timer timer;

    private volatile boolean finished;

    OpenResponse(ServerHttpResponse response, Timer timer) {
        this.response = response;
        this.timer = timer;
    }

    /** The connection may go on to another request. */
    void finished() {
        finished = true;
    }

    /** Nothing more will be written. */
    void ended() {
        try {
            timer.schedule(this::giveUp, ENDING_NANOS);
        } catch (RejectedExecutionException shutDown) {
            giveUp();
        }
    }

    /** The response of Reactor Netty is its connection; those of other servers cannot be closed. */
    private void giveUp() {
        try {
            if (!finished
                    && ServerHttpResponseDecorator.<Object>getNativeResponse(response)
                            instanceof Disposable connection) {
                connection.dispose();
            }
        } catch (IllegalArgumentException | IllegalStateException noServer) {
            LOGGER.debug("A client that does not read may hold up the end", noServer);
        }
    }
}

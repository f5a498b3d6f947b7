package io.steadfast.spring.live.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.steadfast.spring.live.Frame;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An emitter without time limit that says when its response has begun. */
final class StreamEmitter extends SseEmitter {

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    StreamEmitter(Runnable opened) {
        super(0L);
        try {
            // What is sent before the response begins is kept and sent as it does: the one moment an emitter lets us
            // notice.
            send(Set.of(new OpeningComment(opened)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    void send(Frame frame) throws IOException {
        send(event().name(frame.event()).data(frame.json(), TEXT));
    }

    @Override
    protected void extendResponse(ServerHttpResponse response) {
        super.extendResponse(response);
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().set("X-Accel-Buffering", "no"); // nginx would hold frames back
    }

    private static final class OpeningComment extends DataWithMediaType {

        private final Runnable opened;

        OpeningComment(Runnable opened) {
            super(":\n\n", TEXT);
            this.opened = opened;
        }

        @Override
        public Object getData() {
            opened.run();
            return super.getData();
        }
    }
}

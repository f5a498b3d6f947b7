package io.steadfast.spring.live;

import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeTypeUtils;

/**
 * The actuator endpoint {@code resiliencestream}: what happens to the guarded calls, as server-sent events. For the web only: JMX knows
 * no streams.
 */
@WebEndpoint(id = "resiliencestream", defaultAccess = Access.READ_ONLY)
public final class ResilienceStreamEndpoint {

    private final Supplier<?> streams;

    /**
     * An endpoint.
     *
     * @param streams begins a stream, in the form that the web stack can answer with; may throw {@link TooManySubscribersException}
     */
    public ResilienceStreamEndpoint(Supplier<?> streams) {
        this.streams = streams;
    }

    /**
     * Begins a stream.
     *
     * @return the stream; 503 if there are too many
     */
    @ReadOperation(produces = "text/event-stream")
    public Object stream() {
        try {
            return streams.get();
        } catch (TooManySubscribersException full) {
            return new WebEndpointResponse<>(
                    full.getMessage(), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, MimeTypeUtils.TEXT_PLAIN);
        }
    }
}

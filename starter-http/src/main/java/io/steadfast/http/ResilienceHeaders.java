package io.steadfast.http;

/** The headers by which services tell each other about time and attempts. HTTP compares their names regardless of case. */
public final class ResilienceHeaders {

    /** On a request: which attempt it is, and how many are made at most; see {@link AttemptHeader}. */
    public static final String ATTEMPT = "Resilience-Attempt";

    /** On a request: how long its sender goes on waiting for the answer; see {@link TimeoutHeader}. */
    public static final String TIMEOUT = "Resilience-Timeout";

    /** On a request: the same as {@link #TIMEOUT}, as gRPC says it. */
    public static final String GRPC_TIMEOUT = "grpc-timeout";

    /** On an answer: {@link #NO} if sending the request again would be of no use. */
    public static final String RETRY = "Resilience-Retry";

    /** The value of {@link #RETRY} by which a server forbids another attempt. */
    public static final String NO = "no";

    /** The value of {@link #RETRY} on the answer to a request that is not safe to repeat, as its own client sets it. */
    static final String NOT_SAFE = "no; not safe";

    /** On a request: the same on every attempt, so that the server can tell a repetition from a second request. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** On an answer: when it is worth asking again, in seconds or as a date (RFC 9110, section 10.2.3). */
    public static final String RETRY_AFTER = "Retry-After";

    /** On an answer: {@link #DRAINING} if the instance that gave it is going away. What it answered stands. */
    public static final String INSTANCE = "Resilience-Instance";

    /** The value of {@link #INSTANCE} by which an instance asks to be sent nothing more. */
    public static final String DRAINING = "draining";

    /** The same as Envoy says it, by any value but {@code false}. */
    static final String ENVOY_FAIL = "x-envoy-immediate-health-check-fail";

    private ResilienceHeaders() {}
}

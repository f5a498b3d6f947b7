package io.steadfast.spring.live;

/** Nobody else can watch: as many as may do so already. To be answered with 503. */
public final class TooManySubscribersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public TooManySubscribersException() {
        super(LiveAudience.MOST
                + " clients watch the calls already, which is as many as may. Try again when one has gone.");
    }
}

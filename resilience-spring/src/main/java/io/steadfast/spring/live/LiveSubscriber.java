package io.steadfast.spring.live;

/**
 * Somebody who watches the calls. Called by one thread at a time, which serves all subscribers: it must not block.
 */
public interface LiveSubscriber {

    /**
     * Takes a frame, to be sent later.
     *
     * @param frame the frame
     * @return {@code false} if too many are waiting to be sent; the subscriber is then dropped and gets no more
     */
    boolean offer(Frame frame);

    /** No more frames will come: the application stops, or the subscriber was dropped. What it holds can be let go. */
    void ended();
}

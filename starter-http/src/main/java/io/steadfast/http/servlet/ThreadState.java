package io.steadfast.http.servlet;

import io.steadfast.core.Deadline;
import io.steadfast.http.RetryLayer;
import io.steadfast.http.inbound.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * What a thread knew before it took over a request.
 *
 * @param deadline the deadline that held
 * @param retriedAbove whether it was marked
 */
record ThreadState(@Nullable Deadline deadline, boolean retriedAbove) {

    /** What the request does not speak of stays as it is. */
    static ThreadState enter(Arrival arrival) {
        ThreadState before = new ThreadState(Deadline.current().orElse(null), RetryLayer.isRetriedAbove());
        if (arrival.deadline() != null) {
            Deadline.restore(arrival.deadline());
        }
        if (arrival.retriedAbove()) {
            RetryLayer.restore(true);
        }
        return before;
    }

    void restore() {
        Deadline.restore(deadline);
        RetryLayer.restore(retriedAbove);
    }
}

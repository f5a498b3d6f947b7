package io.steadfast.reactor;

import io.steadfast.core.AsyncTarget.Emission;
import reactor.util.context.Context;

/** One subscription to a {@code Mono}: the first element is the outcome. */
final class MonoAttempt extends PublisherAttempt {

    MonoAttempt(Emission then, Context context) {
        super(then, context);
    }

    void cancel() {
        cancelUpstream();
    }

    @Override
    void ready() {
        request(Long.MAX_VALUE);
    }

    @Override
    void next(Object element) {
        finish();
        if (!then.done(element, null)) {
            discard(element);
        }
    }
}

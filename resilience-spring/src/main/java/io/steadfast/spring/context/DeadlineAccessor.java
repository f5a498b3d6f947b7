package io.steadfast.spring.context;

import io.micrometer.context.ThreadLocalAccessor;
import io.steadfast.core.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever propagates contexts carry a thread's {@link Deadline} along: {@code @Async} methods whose executor does, Reactor's
 * automatic context propagation, wrapped executors. Found by Micrometer's registry by itself; its key is
 * {@link Deadline#CONTEXT_KEY}, the one that a Reactor context has the deadline under. Thread-safe.
 */
public final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

    /** Made by Micrometer's registry. */
    public DeadlineAccessor() {}

    @Override
    public Object key() {
        return Deadline.CONTEXT_KEY;
    }

    @Override
    public @Nullable Deadline getValue() {
        return Deadline.current().orElse(null);
    }

    @Override
    public void setValue(Deadline deadline) {
        Deadline.restore(deadline);
    }

    /** Who came without a deadline has none, whatever the thread had. */
    @Override
    public void setValue() {
        Deadline.restore(null);
    }
}

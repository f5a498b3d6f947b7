package io.steadfast.http.context;

import io.micrometer.context.ThreadLocalAccessor;
import io.steadfast.http.RetryLayer;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever propagates contexts carry along that a request is retried by its caller. Found by Micrometer's registry by itself; its
 * key is {@link RetryLayer#CONTEXT_KEY}, the one that a Reactor context has it under. Thread-safe.
 */
public final class RetryLayerAccessor implements ThreadLocalAccessor<Boolean> {

    /** Made by Micrometer's registry. */
    public RetryLayerAccessor() {}

    @Override
    public Object key() {
        return RetryLayer.CONTEXT_KEY;
    }

    @Override
    public @Nullable Boolean getValue() {
        return RetryLayer.isRetriedAbove() ? Boolean.TRUE : null;
    }

    @Override
    public void setValue(Boolean retriedAbove) {
        RetryLayer.restore(retriedAbove);
    }

    /** Who came without the mark has none, whatever the thread had. */
    @Override
    public void setValue() {
        RetryLayer.restore(false);
    }
}

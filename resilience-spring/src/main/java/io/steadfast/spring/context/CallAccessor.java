package io.steadfast.spring.context;

import io.micrometer.context.ThreadLocalAccessor;
import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever propagates contexts carry along which guarded call a thread is in, so that clients used on another thread can note what
 * they sent for it. Found by Micrometer's registry by itself; its key is {@link Call#CONTEXT_KEY}, the one that a Reactor context has the
 * call under. Thread-safe.
 */
public final class CallAccessor implements ThreadLocalAccessor<Call> {

    /** Made by Micrometer's registry. */
    public CallAccessor() {}

    @Override
    public Object key() {
        return Call.CONTEXT_KEY;
    }

    @Override
    public @Nullable Call getValue() {
        return Call.current();
    }

    @Override
    public void setValue(Call call) {
        Call.restore(call);
    }

    /** Who came from outside any call is in none, whatever the thread was in. */
    @Override
    public void setValue() {
        Call.restore(null);
    }
}

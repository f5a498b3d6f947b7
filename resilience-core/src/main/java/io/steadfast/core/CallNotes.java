package io.steadfast.core;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** What is known of one attempt of a call: the call it is made in, and what clients have noted. */
final class CallNotes extends AtomicReference<@Nullable Object> {

    private final transient @Nullable Call enclosing;

    CallNotes(@Nullable Call enclosing) {
        this.enclosing = enclosing;
    }

    @Nullable
    Call enclosing() {
        return enclosing;
    }

    <T> @Nullable T find(Class<T> type) {
        Object found = get();
        return type.isInstance(found) ? type.cast(found) : null;
    }

    <T> @Nullable T find(Class<T> type, Supplier<? extends T> fresh) {
        if (get() == null) {
            compareAndSet(null, fresh.get());
        }
        return find(type);
    }
}

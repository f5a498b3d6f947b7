package io.steadfast.core;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** What is known of one attempt of a call: the call it is made in, where it goes, and what clients have noted. */
final class CallNotes extends AtomicReference<@Nullable Object> {

    private final transient @Nullable Call enclosing;

    private final transient @Nullable Route route;

    CallNotes(@Nullable Call enclosing, @Nullable Route route) {
        this.enclosing = enclosing;
        this.route = route;
    }

    /** What is known as the next attempt begins: where earlier ones have been, and what they were made in. */
    static @Nullable CallNotes ofNextAttempt(@Nullable CallNotes before) {
        return before == null || before.route == null ? null : new CallNotes(before.enclosing, before.route);
    }

    /** What is known to an attempt beside others: where those have been. */
    static CallNotes ofAttemptBeside(Route others, @Nullable Call enclosing) {
        return new CallNotes(enclosing, new Route(others));
    }

    /** The same, made in another call. The clients' notes stay. */
    CallNotes enclosedBy(Call outer) {
        CallNotes next = new CallNotes(outer, route);
        next.set(get());
        return next;
    }

    /** The same, on a route. The clients' notes stay. */
    CallNotes on(Route next) {
        CallNotes notes = new CallNotes(enclosing, next);
        notes.set(get());
        return notes;
    }

    @Nullable
    Call enclosing() {
        return enclosing;
    }

    @Nullable
    Route route() {
        return route;
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

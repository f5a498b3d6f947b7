package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.steadfast.core.CallObserver.Scope;
import io.steadfast.core.CallObserver.Watch;
import org.jspecify.annotations.Nullable;

/** Using an observer of somebody else's: one that throws sees nothing, and breaks no call. */
final class Watching {

    private static final Scope NOWHERE = () -> {};

    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

    private Watching() {}

    static @Nullable Watch begin(CallObserver observer, Call call, @Nullable Object surroundings) {
        if (!(call instanceof WatchedCall watched)) {
            return null;
        }
        try {
            Watch watch = observer.begin(call, surroundings);
            watched.watchedBy(watch);
            return watch;
        } catch (Throwable broken) {
            complain(broken);
            return null;
        }
    }

    static Scope enter(@Nullable Watch watch) {
        return watch == null ? NOWHERE : opened(watch::enter);
    }

    static Scope leave(@Nullable Watch watch) {
        return watch == null ? NOWHERE : opened(watch::leave);
    }

    static void close(Scope scope) {
        if (scope != NOWHERE) {
            try {
                scope.close();
            } catch (Throwable broken) {
                complain(broken);
            }
        }
    }

    static void ended(@Nullable Watch watch, Call call, Outcome outcome, @Nullable Throwable failure) {
        if (watch != null) {
            try {
                watch.ended(call, outcome, failure);
            } catch (Throwable broken) {
                complain(broken);
            }
        }
    }

    /** A part of a call that runs on some thread or other. */
    static Runnable around(@Nullable Watch watch, Runnable part) {
        return watch == null
                ? part
                : () -> {
                    Scope scope = enter(watch);
                    try {
                        part.run();
                    } finally {
                        close(scope);
                    }
                };
    }

    private static Scope opened(Supplier<Scope> opening) {
        try {
            return opening.get();
        } catch (Throwable broken) {
            complain(broken);
            return NOWHERE;
        }
    }

    /** Said loudly once, then only at debug: an observer that fails on each call must not flood the log. */
    private static void complain(Throwable broken) {
        Level level = COMPLAINED.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        Complaints.log(
                level,
                "The observer of calls failed. Calls are not affected, but their traces are; further failures are logged"
                        + " at debug level.",
                broken);
    }
}

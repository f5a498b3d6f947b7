package io.steadfast.http;

import org.jspecify.annotations.Nullable;

/**
 * Lies among the suppressed exceptions of a request's failure, and says that the request must not be repeated. It tells a guarded call
 * that cannot be told by notes, because it waits on another thread.
 */
final class NotToBeRepeated extends Exception {

    NotToBeRepeated(String why) {
        super(why, null, false, false);
    }

    static void mark(Throwable failure, String why) {
        if (of(failure) == null) {
            failure.addSuppressed(new NotToBeRepeated(why));
        }
    }

    /** What the failure, or one of its causes, was marked with; {@code null} if none was. */
    static @Nullable String in(Throwable failure) {
        Throwable marked = HttpFailures.find(failure, link -> of(link) != null);
        return marked == null ? null : of(marked);
    }

    private static @Nullable String of(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof NotToBeRepeated mark) {
                return mark.getMessage();
            }
        }
        return null;
    }
}

package io.steadfast.http;

import org.jspecify.annotations.Nullable;

/**
 * Lies among the suppressed exceptions of a request's failure, and says that the request must not be repeated. It tells a guarded call
 * that cannot be told by notes, because it waits on another thread.
 */
final class NotToBeRepeated extends Exception {

    /** Which attempt was marked: who has noted that one knows better. */
    private final String attempt;

    NotToBeRepeated(String why, String attempt) {
        super(why, null, false, false);
        this.attempt = attempt;
    }

    static void mark(Throwable failure, String why, String attempt) {
        if (of(failure) == null) {
            failure.addSuppressed(new NotToBeRepeated(why, attempt));
        }
    }

    /** What the failure, or one of its causes, was marked with; {@code null} if none was. */
    static @Nullable NotToBeRepeated in(Throwable failure) {
        Throwable marked = HttpFailures.find(failure, link -> of(link) != null);
        return marked == null ? null : of(marked);
    }

    String attempt() {
        return attempt;
    }

    private static @Nullable NotToBeRepeated of(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof NotToBeRepeated mark) {
                return mark;
            }
        }
        return null;
    }
}

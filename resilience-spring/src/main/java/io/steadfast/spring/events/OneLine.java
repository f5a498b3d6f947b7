package io.steadfast.spring.events;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.PolicyEvent;
import org.jspecify.annotations.Nullable;

/**
 * Texts that fit on one line of a log or a table. Messages of exceptions come from anywhere, so line breaks and other
 * control characters become blanks, and what is longer than 300 characters is cut.
 */
public final class OneLine {

    private static final int LONGEST = 300;

    private OneLine() {}

    /**
     * Any text.
     *
     * @param text the text
     * @return the text without control characters, not longer than 300 characters
     */
    public static String of(String text) {
        boolean cut = text.length() > LONGEST;
        StringBuilder line = new StringBuilder(cut ? text.substring(0, LONGEST - 1) : text);
        for (int index = 0; index < line.length(); index++) {
            if (isBreak(line.charAt(index))) {
                line.setCharAt(index, ' ');
            }
        }
        return cut ? line.append('…').toString() : line.toString();
    }

    /**
     * A failure: its class and message, never its stack trace.
     *
     * @param failure the failure
     * @return for example {@code java.io.IOException: connection reset}
     */
    public static String of(Throwable failure) {
        String message = message(failure);
        String type = failure.getClass().getName();
        return message == null ? type : of(type + ": " + message);
    }

    /**
     * An event: its detail, followed by the failure that led to it if the detail does not tell it already.
     *
     * @param event the event
     * @return for example {@code attempt 1 failed, next in 100 ms (java.io.IOException: connection reset)}
     */
    public static String of(PolicyEvent event) {
        Throwable failure = event.failure();
        if (failure == null) {
            return of(event.detail());
        }
        if (event.detail().isEmpty()) {
            return failure instanceof CallRejectedException ? of(String.valueOf(message(failure))) : of(failure);
        }
        String message = message(failure);
        String told = message == null ? failure.getClass().getName() : message;
        return event.detail().contains(told) ? of(event.detail()) : of(event.detail() + " (" + of(failure) + ")");
    }

    private static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException broken) {
            return "its message cannot be read: " + broken.getClass().getName();
        }
    }

    private static boolean isBreak(char character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
    }
}

package io.steadfast.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/** The log of this package. Nothing it is handed can break the call that complains. */
final class Complaints {

    private static final Logger LOGGER = System.getLogger(Complaints.class.getPackageName());

    private Complaints() {}

    /** Logs a failure; one that cannot even be printed is logged by its class. */
    static void log(Level level, String text, @Nullable Throwable failure) {
        try {
            LOGGER.log(level, text, failure);
        } catch (Throwable unprintable) {
            logPlain(
                    level,
                    failure == null ? text : text + " (" + failure.getClass().getName() + ", which cannot be printed)");
        }
    }

    private static void logPlain(Level level, String text) {
        try {
            LOGGER.log(level, text);
        } catch (Throwable brokenLog) {
            // a log that throws has nowhere to be reported to
        }
    }
}

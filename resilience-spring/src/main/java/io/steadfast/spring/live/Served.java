package io.steadfast.spring.live;

import java.util.Locale;

import io.steadfast.core.Outcome;

/** What users got, as dashboards split it. */
enum Served {
    /** An answer at the first attempt. */
    ANSWERED,
    /** An answer, but not at the first attempt. */
    RETRIED,
    /** What a fallback had to offer. */
    FALLBACK,
    /** A refusal. */
    REFUSED,
    /** Nothing in time. */
    TIMEOUT,
    /** The target's failure. */
    FAILED,
    /** Nothing that says anything about the call: cancelled, or a failure that the call ignores. */
    OTHER;

    static final int KINDS = values().length;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As in JSON. */
    String key() {
        return key;
    }

    static Served of(Outcome outcome, int attempts) {
        return switch (outcome) {
            case SUCCESS -> attempts > 1 ? RETRIED : ANSWERED;
            case FALLBACK -> FALLBACK;
            case REFUSED -> REFUSED;
            case TIMEOUT -> TIMEOUT;
            case FAILURE -> FAILED;
            case CANCELLED, IGNORED -> OTHER;
        };
    }
}

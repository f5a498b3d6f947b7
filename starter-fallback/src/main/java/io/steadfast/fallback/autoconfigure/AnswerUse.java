package io.steadfast.fallback.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** What the guarded method's return type makes of an answer. */
enum AnswerUse {
    /** Given to the caller. */
    GIVEN {
        @Override
        @Nullable
        Object of(@Nullable Object answer, String fallback) {
            return answer;
        }
    },
    /** Given to a caller who expects a primitive. */
    NEVER_NULL {
        @Override
        @Nullable
        Object of(@Nullable Object answer, String fallback) {
            if (answer == null) {
                throw new IllegalStateException(
                        "The fallback " + fallback + " answered null where the guarded method returns a primitive");
            }
            return answer;
        }
    },
    /** Dropped: the caller expects none. */
    DROPPED {
        @Override
        @Nullable
        Object of(@Nullable Object answer, String fallback) {
            return null;
        }
    };

    abstract @Nullable Object of(@Nullable Object answer, String fallback);

    static AnswerUse by(ResolvableType returned) {
        if (returned.toClass() == void.class) {
            return DROPPED;
        }
        return returned.toClass().isPrimitive() ? NEVER_NULL : GIVEN;
    }
}

package io.steadfast.resilience4j;

import org.jspecify.annotations.Nullable;

/**
 * Something that an application written for another library has, and that means something else here.
 *
 * @param what what is different, one sentence
 * @param restore what to write to have it as it was, one sentence; {@code null} if there is no such thing
 */
public record Difference(String what, @Nullable String restore) {

    /**
     * A difference that no setting takes away.
     *
     * @param what what is different
     * @return the difference
     */
    public static Difference of(String what) {
        return new Difference(what, null);
    }

    @Override
    public String toString() {
        return restore == null ? what : what + " " + restore;
    }
}

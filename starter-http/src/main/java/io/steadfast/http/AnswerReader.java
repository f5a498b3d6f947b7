package io.steadfast.http;

import org.jspecify.annotations.Nullable;

/**
 * Knows the answers of one HTTP client, be they results or exceptions. Asked about every result of every guarded call, so it must be
 * quick to say that it does not know something. Thread-safe.
 */
@FunctionalInterface
public interface AnswerReader {

    /**
     * Reads an answer.
     *
     * @param candidate what a call returned, or an exception from the chain of causes of what it threw
     * @return the answer; {@code null} if it is none of this client's
     */
    @Nullable
    HttpAnswer read(Object candidate);
}

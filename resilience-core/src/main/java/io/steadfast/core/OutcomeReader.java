package io.steadfast.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Understands outcomes of one protocol, so that policies see more in them than an exception or a value: an HTTP answer, for example.
 *
 * <p>Implementations are thread-safe. Several policies ask about one outcome, so an answer should not depend on how often. One that
 * throws is taken to know nothing.
 */
public interface OutcomeReader {

    /** Knows nothing. */
    OutcomeReader NONE = new OutcomeReader() {};

    /**
     * Reads a failure.
     *
     * @param call the call that failed
     * @param failure what was thrown
     * @return what it means; {@code null} if this reader does not know it
     */
    default @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
        return null;
    }

    /**
     * Reads a result. Asked about every result of every call: must be quick to say that it knows nothing.
     *
     * @param call the call that was answered
     * @param result the answer
     * @return what it means; {@code null} if this reader does not know it
     */
    default @Nullable Diagnosis ofResult(Call call, @Nullable Object result) {
        return null;
    }

    /**
     * Looks at an attempt under way that another one is about to be started beside. Asked on any thread.
     *
     * @param call the call of the attempt
     * @return why there must be no second one, as a log says it, because what this one has done or is about to do is not safe to do
     *     twice; {@code null} if this reader knows no reason. A reader that throws is taken to know one.
     */
    default @Nullable String whyNotBeside(Call call) {
        return null;
    }

    /**
     * Asks one reader after the other, until one knows.
     *
     * @param readers the readers, first to last
     * @return {@link #NONE} if there are none
     */
    static OutcomeReader all(List<OutcomeReader> readers) {
        return switch (readers.size()) {
            case 0 -> NONE;
            case 1 -> readers.get(0);
            default -> new FirstWhoKnows(List.copyOf(readers));
        };
    }
}

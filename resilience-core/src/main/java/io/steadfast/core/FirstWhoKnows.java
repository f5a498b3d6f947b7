package io.steadfast.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Several readers as one. */
record FirstWhoKnows(List<OutcomeReader> readers) implements OutcomeReader {

    @Override
    public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
        for (OutcomeReader reader : readers) {
            Diagnosis diagnosis = reader.ofFailure(call, failure);
            if (diagnosis != null) {
                return diagnosis;
            }
        }
        return null;
    }

    @Override
    public @Nullable Diagnosis ofResult(Call call, @Nullable Object result) {
        for (OutcomeReader reader : readers) {
            Diagnosis diagnosis = reader.ofResult(call, result);
            if (diagnosis != null) {
                return diagnosis;
            }
        }
        return null;
    }
}

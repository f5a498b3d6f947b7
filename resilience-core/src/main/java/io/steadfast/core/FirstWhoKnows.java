package io.steadfast.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Several readers as one. */
record FirstWhoKnows(List<OutcomeReader> readers) implements OutcomeReader {

    @Override
    public @Nullable Diagnosis ofFailure(Call call, Throwable failure) {
        for (int i = 0; i < readers.size(); i++) { // no iterator: it is made for every call
            Diagnosis diagnosis = readers.get(i).ofFailure(call, failure);
            if (diagnosis != null) {
                return diagnosis;
            }
        }
        return null;
    }

    @Override
    public @Nullable Diagnosis ofResult(Call call, @Nullable Object result) {
        for (int i = 0; i < readers.size(); i++) { // no iterator: it is made for every call
            Diagnosis diagnosis = readers.get(i).ofResult(call, result);
            if (diagnosis != null) {
                return diagnosis;
            }
        }
        return null;
    }

    @Override
    public @Nullable String whyNotBeside(Call call) {
        for (OutcomeReader reader : readers) {
            String why = reader.whyNotBeside(call);
            if (why != null) {
                return why;
            }
        }
        return null;
    }
}

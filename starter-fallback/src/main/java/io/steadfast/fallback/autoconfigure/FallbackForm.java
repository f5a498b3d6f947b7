package io.steadfast.fallback.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** What a fallback method takes. The order decides between methods for the same failure: who is told more goes first. */
enum FallbackForm {
    CALL_AND_FAILURE {
        @Override
        @Nullable
        Object[] arguments(Call call, Throwable failure) {
            @Nullable Object[] passed = call.arguments();
            @Nullable Object[] arguments = Arrays.copyOf(passed, passed.length + 1);
            arguments[passed.length] = failure;
            return arguments;
        }
    },
    FAILURE {
        @Override
        @Nullable
        Object[] arguments(Call call, Throwable failure) {
            return new Object[] {failure};
        }
    },
    CALL {
        @Override
        @Nullable
        Object[] arguments(Call call, Throwable failure) {
            return call.arguments();
        }
    },
    NOTHING {
        @Override
        @Nullable
        Object[] arguments(Call call, Throwable failure) {
            return NO_ARGUMENTS;
        }
    };

    private static final Object[] NO_ARGUMENTS = {};

    abstract @Nullable Object[] arguments(Call call, Throwable failure);

    /** A call whose own parameter is an exception gets the benefit of the doubt: its type again means the parameter. */
    static @Nullable FallbackForm of(List<ResolvableType> call, List<ResolvableType> fallback) {
        int size = fallback.size();
        if (size == call.size() && startsWith(fallback, call)) {
            return CALL;
        }
        boolean toldOfFailure = size > 0
                && Throwable.class.isAssignableFrom(fallback.get(size - 1).toClass());
        if (toldOfFailure && size == call.size() + 1 && startsWith(fallback, call)) {
            return CALL_AND_FAILURE;
        }
        if (toldOfFailure && size == 1) {
            return FAILURE;
        }
        return size == 0 ? NOTHING : null;
    }

    private static boolean startsWith(List<ResolvableType> parameters, List<ResolvableType> beginning) {
        for (int i = 0; i < beginning.size(); i++) {
            if (!TypeFit.same(parameters.get(i), beginning.get(i))) {
                return false;
            }
        }
        return true;
    }
}

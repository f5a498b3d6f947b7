package io.steadfast.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** What all calls of a pipeline have in common, so that each call carries one reference to it and not three of its own. */
record CallSite(
        String name,
        Ticker ticker,
        Predicate<Throwable> ignored,
        OutcomeReader reader,
        Map<Class<?>, Object> traits,
        List<PolicySlot<?>> slots) {

    /** What extra calls are paid from, as of now. */
    Optional<RetryBudget> budget() {
        for (PolicySlot<?> slot : slots) {
            if (slot.policy() instanceof Budgeted payer) {
                return payer.budget();
            }
        }
        return Optional.empty();
    }

    /** Whether somebody wants to know which calls a thread is in. */
    boolean isRead() {
        return reader != OutcomeReader.NONE;
    }

    /** What the reader makes of an outcome. One that throws knows nothing. */
    @Nullable
    Diagnosis diagnose(Call call, @Nullable Object result, @Nullable Throwable failure) {
        if (!isRead()) {
            return null;
        }
        try {
            return failure == null ? reader.ofResult(call, result) : reader.ofFailure(call, failure);
        } catch (Throwable broken) {
            BrokenPolicies.complain("reader of the outcomes of call '" + name + "'", broken);
            return null;
        }
    }

    /** Why there must be no second attempt beside one. A reader that throws may know a reason. */
    @Nullable
    String whyNotBeside(Call call) {
        try {
            return reader.whyNotBeside(call);
        } catch (Throwable broken) {
            BrokenPolicies.complain("reader of the outcomes of call '" + name + "'", broken);
            return "its reader failed, and so cannot say";
        }
    }

    /** Whether the application has said that this failure is none. */
    boolean ignores(Throwable failure) {
        if (failure instanceof CallRejectedException) {
            return false;
        }
        try {
            return ignored.test(failure);
        } catch (Throwable broken) {
            BrokenPolicies.complain("list of failures that call '" + name + "' ignores", broken);
            return false;
        }
    }
}

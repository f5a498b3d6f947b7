package io.steadfast.reactor;

import io.steadfast.core.AsyncTarget.Emission;
import io.steadfast.core.Call;
import io.steadfast.core.CallObserver;
import io.steadfast.core.Deadline;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** A deadline, and the call itself, on their way through the {@code Context} of Reactor: from a guarded publisher to those inside it. */
final class Deadlines {

    private Deadlines() {}

    static @Nullable Deadline of(ContextView context) {
        Object found = context.getOrDefault(Deadline.CONTEXT_KEY, null);
        return found instanceof Deadline deadline ? deadline : null;
    }

    /** The caller's context, with the deadline of the attempt if it has one, the call if anybody would ask for it, and who watches it. */
    static Context inside(Emission attempt, Context caller) {
        Deadline deadline = attempt.deadline();
        Call call = attempt.call();
        CallObserver.Watch watch = attempt.watch();
        Context inside = deadline == null ? caller : caller.put(Deadline.CONTEXT_KEY, deadline);
        if (watch != null) {
            inside = inside.put(watch.contextKey(), watch.contextValue());
        }
        if (call == null) {
            return inside;
        }
        if (caller.getOrDefault(Call.CONTEXT_KEY, null) instanceof Call outer) {
            attempt.enclosedBy(outer);
        }
        return inside.put(Call.CONTEXT_KEY, call);
    }
}

package io.steadfast.core;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.steadfast.core.PolicyEvent.Kind;
import org.jspecify.annotations.Nullable;

/** What drivers tell the listener: one place, so that the same thing is told in the same words by all of them. */
final class Reporter {

    private final ResilienceListener listener;

    private final boolean hearsCalls;

    private final AtomicBoolean toldOfCompleted = new AtomicBoolean();

    Reporter(ResilienceListener listener) {
        this.listener = listener;
        this.hearsCalls = listener.hearsCalls();
    }

    /** Whether anybody wants every single call. */
    boolean hearsCalls() {
        return hearsCalls;
    }

    boolean isTimed() {
        return listener.timed();
    }

    void attemptStarted(Call call) {
        if (hearsCalls) {
            listener.attemptStarted(call);
        }
    }

    /**
     * A call with a limit of its own whose stage was complete when it was returned did its work on the caller's thread, where no limit of
     * ours can end it. Said once per call name: it is the most common mistake with asynchronous methods.
     */
    void returned(Call call, @Nullable Object returned) {
        if (toldOfCompleted.get() || !call.isLimitedOnCallersThread()) {
            return;
        }
        if (isComplete(returned) && toldOfCompleted.compareAndSet(false, true)) {
            Complaints.log(
                    Level.INFO,
                    "Call '" + call.name()
                            + "' has a time limit, but returned a stage that was already complete: its work was"
                            + " done on the caller's thread, where the limit cannot end it. If it blocks, return a plain value,"
                            + " or do the work on an executor",
                    null);
        }
    }

    /** Some stages refuse to be asked directly, and some to be converted. */
    private static boolean isComplete(@Nullable Object returned) {
        try {
            return returned instanceof CompletionStage<?> stage
                    && stage.toCompletableFuture().isDone();
        } catch (Throwable cannotSay) {
            return false;
        }
    }

    Outcome completed(Call call, @Nullable Throwable failure, boolean cancelled) {
        long elapsedNanos = isTimed() ? call.elapsedNanos() : 0;
        Outcome outcome = Outcome.of(call, failure, cancelled);
        if (hearsCalls) {
            listener.callCompleted(call, outcome, elapsedNanos, failure);
        }
        return outcome;
    }

    /** When a wait begins; nothing is read if nobody wants to know how long it takes. */
    long waitBegins(Call call) {
        return hearsCalls && isTimed() ? call.ticker().nanos() : 0;
    }

    void waited(Policy policy, Call call, long since) {
        if (!hearsCalls || !isTimed()) {
            return;
        }
        try {
            listener.waited(call, policy.id(), call.ticker().nanos() - since);
        } catch (Throwable broken) {
            Complaints.log(Level.DEBUG, "A wait of call '" + call.name() + "' could not be told", broken);
        }
    }

    void refused(Policy policy, Call call, CallRejectedException refusal) {
        if (listener.hears(Kind.REFUSED)) {
            event(Kind.REFUSED, policy, call, "", refusal);
        }
    }

    /** Refused for want of time: by no policy but by the deadline, which timeouts set. */
    void refusedLate(Call call, DeadlineExceededException refusal) {
        if (listener.hears(Kind.REFUSED)) {
            tell(call, PolicyEvent.of(Kind.REFUSED, new PolicyId("timeout", call.name()), call.name(), "", refusal));
        }
    }

    void retrying(Policy policy, Call call, int attempt, long delayNanos, @Nullable Throwable failure) {
        if (listener.hears(Kind.RETRYING)) {
            String detail = "attempt " + attempt + " failed, next in " + Durations.text(delayNanos);
            event(Kind.RETRYING, policy, call, detail, failure);
        }
    }

    void retryAbandoned(Policy policy, Call call, String reason, Throwable cause) {
        if (listener.hears(Kind.RETRY_ABANDONED)) {
            event(Kind.RETRY_ABANDONED, policy, call, reason, cause);
        }
    }

    void substituting(Policy policy, Call call, @Nullable Throwable failure) {
        if (listener.hears(Kind.FALLBACK_USED)) {
            event(Kind.FALLBACK_USED, policy, call, "", failure);
        }
    }

    void substituteFailed(Policy policy, Call call, Throwable failure) {
        if (listener.hears(Kind.FALLBACK_FAILED)) {
            event(Kind.FALLBACK_FAILED, policy, call, "", failure);
        }
    }

    void timedOut(Policy policy, Call call, long limitNanos) {
        if (listener.hears(Kind.TIMED_OUT)) {
            event(Kind.TIMED_OUT, policy, call, "no answer within " + Durations.text(limitNanos), null);
        }
    }

    void hedged(Policy policy, Call call, int attempt) {
        if (listener.hears(Kind.HEDGED)) {
            event(Kind.HEDGED, policy, call, "attempt " + attempt + " begins beside those under way", null);
        }
    }

    void hedgeEnded(Policy policy, Call call, int attempt, boolean won) {
        Kind kind = won ? Kind.HEDGE_WON : Kind.HEDGE_LOST;
        if (listener.hears(kind)) {
            event(kind, policy, call, "attempt " + attempt + (won ? " was first" : " came to nothing"), null);
        }
    }

    /** A policy threw where it may not. The call goes on as if the policy had not been there. */
    void policyFailed(Policy policy, Call call, Throwable failure) {
        BrokenPolicies.complain(policy.id().toString(), failure);
        if (listener.hears(Kind.POLICY_FAILED)) {
            event(Kind.POLICY_FAILED, policy, call, "", failure);
        }
    }

    /** Listeners are shielded; {@code policy.id()} of a stranger's policy is not. */
    private void event(Kind kind, Policy policy, Call call, String detail, @Nullable Throwable failure) {
        try {
            tell(call, PolicyEvent.of(kind, policy.id(), call.name(), detail, failure));
        } catch (Throwable broken) {
            Complaints.log(Level.DEBUG, "An event of call '" + call.name() + "' could not be told", broken);
        }
    }

    /** Whatever thread this is: who hears of it finds the one who watches the call. */
    private void tell(Call call, PolicyEvent event) {
        CallObserver.Scope scope = Watching.enter(call.watch());
        try {
            listener.policyEvent(event);
        } finally {
            Watching.close(scope);
        }
    }
}

package io.steadfast.core;

import java.time.Duration;

import io.steadfast.core.PolicyEvent.Kind;
import org.jspecify.annotations.Nullable;

/** What drivers tell the listener: one place, so that the same thing is told in the same words by all of them. */
final class Reporter {

    private final ResilienceListener listener;

    private final boolean heard;

    Reporter(ResilienceListener listener) {
        this.listener = listener;
        this.heard = listener != ResilienceListener.NONE;
    }

    boolean isHeard() {
        return heard;
    }

    boolean isTimed() {
        return listener.timed();
    }

    void attemptStarted(Call call) {
        if (heard) {
            listener.attemptStarted(call);
        }
    }

    void completed(Call call, long elapsedNanos, @Nullable Throwable failure, boolean cancelled) {
        if (heard) {
            listener.callCompleted(call, call.outcome(failure, cancelled), elapsedNanos, failure);
        }
    }

    void refused(Policy policy, Call call, CallRejectedException refusal) {
        if (heard) {
            event(Kind.REFUSED, policy, call, refusal.getMessage(), refusal);
        }
    }

    void retrying(Policy policy, Call call, int attempt, long delayNanos, @Nullable Throwable failure) {
        if (heard) {
            String detail = "attempt " + attempt + " failed, next in " + Durations.text(delayNanos);
            event(Kind.RETRYING, policy, call, detail, failure);
        }
    }

    void retryAbandoned(Policy policy, Call call, String reason, Throwable cause) {
        if (heard) {
            event(Kind.RETRY_ABANDONED, policy, call, reason, cause);
        }
    }

    void substituting(Policy policy, Call call, @Nullable Throwable failure) {
        if (heard) {
            event(Kind.FALLBACK_USED, policy, call, String.valueOf(failure), failure);
        }
    }

    void substituteFailed(Policy policy, Call call, Throwable failure) {
        if (heard) {
            event(Kind.FALLBACK_FAILED, policy, call, String.valueOf(failure), failure);
        }
    }

    void timedOut(Policy policy, Call call, long limitNanos) {
        if (heard) {
            event(Kind.TIMED_OUT, policy, call, "no answer within " + Duration.ofNanos(limitNanos), null);
        }
    }

    /** A policy threw where it may not. The call goes on as if the policy had not been there. */
    void policyFailed(Policy policy, Call call, Throwable failure) {
        BrokenPolicies.complain(policy.id().toString(), failure);
        if (heard) {
            event(Kind.POLICY_FAILED, policy, call, String.valueOf(failure), failure);
        }
    }

    private void event(Kind kind, Policy policy, Call call, String detail, @Nullable Throwable failure) {
        listener.policyEvent(PolicyEvent.of(kind, policy.id(), call.name(), detail, failure));
    }
}

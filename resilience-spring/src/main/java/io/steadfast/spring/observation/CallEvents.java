package io.steadfast.spring.observation;

import java.util.Optional;

import io.micrometer.observation.Observation;
import io.steadfast.core.Call;
import io.steadfast.core.Lease;
import io.steadfast.core.PolicyEvent;
import io.steadfast.spring.events.OneLine;
import io.steadfast.spring.observation.ResilienceObservationDocumentation.CallEvent;
import org.jspecify.annotations.Nullable;

/** What happens to calls, in words that a trace shows. */
final class CallEvents {

    private CallEvents() {}

    /** The target is about to be entered once more. */
    static Observation.Event attempt(Call call, @Nullable Lease lease) {
        String text = CallEvent.ATTEMPT.getContextualName() + " " + (call.attempts() + 1);
        return of(
                CallEvent.ATTEMPT,
                lease == null ? text : text + " at " + lease.instance().id());
    }

    static Optional<Observation.Event> of(PolicyEvent event) {
        CallEvent type = type(event.kind());
        return type == null ? Optional.empty() : Optional.of(of(type, text(type, event)));
    }

    private static @Nullable CallEvent type(PolicyEvent.Kind kind) {
        return switch (kind) {
            case REFUSED -> CallEvent.REFUSED;
            case RETRYING -> CallEvent.RETRYING;
            case RETRIES_EXHAUSTED -> CallEvent.RETRIES_EXHAUSTED;
            case BUDGET_EMPTY -> CallEvent.BUDGET_EMPTY;
            case RETRY_ABANDONED -> CallEvent.RETRY_ABANDONED;
            case FALLBACK_USED -> CallEvent.FALLBACK_USED;
            case FALLBACK_FAILED -> CallEvent.FALLBACK_FAILED;
            case HEDGED -> CallEvent.HEDGED;
            case HEDGE_WON -> CallEvent.HEDGE_WON;
            case HEDGE_LOST -> CallEvent.HEDGE_LOST;
            case TIMED_OUT -> CallEvent.TIMED_OUT;
            case STATE_CHANGED -> CallEvent.STATE_CHANGED;
            case POLICY_FAILED -> CallEvent.POLICY_FAILED;
            default -> null; // nothing that happens to a call
        };
    }

    private static String text(CallEvent type, PolicyEvent event) {
        String words = type.getContextualName() + ": " + event.policy();
        if (type == CallEvent.STATE_CHANGED) {
            return words + " went from " + event.from() + " to " + event.to();
        }
        String details = OneLine.of(event);
        return details.isEmpty() ? words : words + ", " + details;
    }

    private static Observation.Event of(CallEvent type, String text) {
        return Observation.Event.of(type.getName(), text);
    }
}

package io.steadfast.spring.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.spring.events.EventLog.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens to the log {@value #LOGGER}, one line each.
 *
 * <ul>
 *   <li>A policy that begins to refuse calls, {@code OPEN} or {@code FORCED_OPEN}, or that has lost its store, {@code store-down}:
 *       warning. Every other change of state: info.
 *   <li>A retry budget that is empty: warning, at most once a minute for each instance; debug in between. A retry for which there is
 *       no time left: the same with info.
 *   <li>Refusals, retries, time-outs and fallbacks: debug. They come by the call, and meters count them.
 * </ul>
 *
 * <p>Where SLF4J logs, each line has the fields {@code kind}, {@code name} and {@code policy} beside its text; a change of state has
 * {@code from} and {@code to}, what happens to a call has {@code call}. Structured logging writes them as such.
 *
 * <p>Calls that simply succeed or fail are not logged: their callers know.
 */
public final class EventLogger implements ResilienceListener {

    /** The name of the log. */
    public static final String LOGGER = "io.steadfast.resilience";

    private static final EventLog LOG = EventLog.named(LOGGER);

    /** Those of breakers that refuse, and of limiters whose store is gone. */
    private static final Set<String> BAD_STATES =
            Set.of("OPEN", "FORCED_OPEN", "store-down", "ejected", "unhealthy", "panic");

    private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Ticker ticker;

    /** When what was last told of each instance. As bounded as the policies are. */
    private final Map<Topic, Long> told = new ConcurrentHashMap<>();

    /**
     * A logger.
     *
     * @param ticker the clock that says when to warn again
     */
    public EventLogger(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public boolean hearsCalls() {
        return false;
    }

    @Override
    public boolean hears(Kind kind) {
        return switch (kind) {
            case STATE_CHANGED, BUDGET_EMPTY, RETRY_ABANDONED -> true;
            case RECONFIGURED -> false; // who has read the properties again has written it down
            default -> LOG.isDebugEnabled();
        };
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        switch (event.kind()) {
            case STATE_CHANGED -> stateChanged(event);
            case BUDGET_EMPTY, RETRY_ABANDONED -> notRetried(event);
            default -> debug(event);
        }
    }

    private static void stateChanged(PolicyEvent event) {
        String line = event.policy() + " went from " + event.from() + " to " + event.to() + ": " + OneLine.of(event);
        write(isBad(event.to()) ? Level.WARN : Level.INFO, event, line);
    }

    private static boolean isBad(@Nullable String state) {
        return state != null && BAD_STATES.contains(state);
    }

    /** Of an empty budget operators are warned; why a call was not repeated somebody will ask who reads the log. */
    private void notRetried(PolicyEvent event) {
        if (!isTimeToTell(event)) {
            debug(event);
        } else if (event.kind() == Kind.BUDGET_EMPTY) {
            write(Level.WARN, event, line(event));
        } else {
            write(Level.INFO, event, line(event));
        }
    }

    private boolean isTimeToTell(PolicyEvent event) {
        long now = ticker.nanos();
        Topic topic = new Topic(event.policy(), event.kind());
        Long last = told.get(topic);
        if (last == null) {
            return told.putIfAbsent(topic, now) == null;
        }
        return now - last >= TELL_AGAIN_NANOS && told.replace(topic, last, now);
    }

    private record Topic(PolicyId policy, Kind kind) {}

    private static void debug(PolicyEvent event) {
        if (LOG.isDebugEnabled()) {
            write(Level.DEBUG, event, line(event));
        }
    }

    private static void write(Level level, PolicyEvent event, String line) {
        LOG.write(level, line, fields(event));
    }

    /** In the order in which a log that shows them shows them. */
    private static Map<String, String> fields(PolicyEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", event.kind().name());
        fields.put("name", event.policy().instance());
        fields.put("policy", event.policy().policy());
        if (event.kind() == Kind.STATE_CHANGED) {
            fields.put("from", String.valueOf(event.from()));
            fields.put("to", String.valueOf(event.to()));
        } else if (event.kind() != Kind.RECONFIGURED) {
            fields.put("call", event.call());
        }
        return fields;
    }

    private static String line(PolicyEvent event) {
        return "call '" + event.call() + "', " + event.policy() + ", " + word(event.kind()) + ": " + OneLine.of(event);
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case REFUSED -> "refused";
            case RETRYING -> "retrying";
            case RETRIES_EXHAUSTED -> "no attempts left";
            case BUDGET_EMPTY -> "retry budget empty";
            case RETRY_ABANDONED -> "retry abandoned";
            case FALLBACK_USED -> "fallback";
            case FALLBACK_FAILED -> "fallback failed";
            case HEDGED -> "hedged";
            case HEDGE_WON -> "hedge won";
            case HEDGE_LOST -> "hedge lost";
            case TIMED_OUT -> "timed out";
            case STATE_CHANGED -> "state changed";
            case RECONFIGURED -> "reconfigured";
            case CHANGED_BY_HAND -> "changed by hand";
            case POLICY_FAILED -> "the policy itself failed";
        };
    }
}

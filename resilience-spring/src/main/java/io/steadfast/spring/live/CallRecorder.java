package io.steadfast.spring.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What happened to the calls of one name within the last minute. About 13 KB once it has been called. Thread-safe, without locks. */
final class CallRecorder {

    /** More kinds of policy than there are; a guard against names made up by somebody's own policy. */
    private static final int MOST_POLICIES = 20;

    private final Seconds outcomes = new Seconds(Served.KINDS);

    private final Latencies latencies = new Latencies();

    private final Map<String, Seconds> refusals = new ConcurrentHashMap<>();

    private volatile int latest = -2 * Seconds.KEPT;

    /** Calls that were given up say nothing about how long a call takes. */
    void completed(int second, Served served, long elapsedNanos) {
        outcomes.count(second, served.ordinal());
        if (served != Served.OTHER) {
            latencies.record(second, elapsedNanos);
        }
        seen(second);
    }

    void refused(int second, String policy) {
        Seconds known = refusals.get(policy);
        if (known == null) {
            if (refusals.size() >= MOST_POLICIES) {
                return;
            }
            known = refusals.computeIfAbsent(policy, added -> new Seconds(1));
        }
        known.count(second, 0);
        seen(second);
    }

    /** Written once a second only: a field that all threads write to is dear. */
    private void seen(int second) {
        if (second > latest) {
            latest = second;
        }
    }

    /** Whether nothing can be read but zeros. */
    boolean isIdle(int second) {
        return second - latest > Seconds.KEPT + Latencies.SLICE_SECONDS;
    }

    Seconds outcomes() {
        return outcomes;
    }

    Map<String, Seconds> refusals() {
        return refusals;
    }

    /** How long calls took; {@code null} if there were none. */
    Latencies.@Nullable Distribution latencies(int second) {
        Latencies.Distribution read = latencies.read(second);
        return read.total() == 0 ? null : read;
    }
}

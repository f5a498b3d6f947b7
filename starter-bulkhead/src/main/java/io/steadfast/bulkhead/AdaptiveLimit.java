package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.bulkhead.LatencyWindow.Reading;
import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Moves the limit of a bulkhead. Calls are summed up in a window; whoever adds the call that closes it adjusts the limit, so
 * the algorithm and its lock are entered once a window. The clock is read at every tenth call.
 *
 * <p>Under lasting overload every latency has a queue in it, and an algorithm that compares latencies with earlier ones takes
 * the queue for normal, bit by bit. So, when calls have found no room in {@value #FULL_WINDOWS} windows in a row, the limit is
 * lowered to a quarter for as long as it takes to see latency without a queue, and the algorithm goes on from that. A bulkhead
 * that has room is never probed. Sources: the {@code minRTT} of Envoy's gradient controller, and the PROBE_RTT state of BBR
 * (Cardwell et al., "BBR: Congestion-Based Congestion Control", ACM Queue 14(5), 2016).
 */
final class AdaptiveLimit {

    static final int FULL_WINDOWS = 30;

    /** What is seen at first may have a queue in it already, so the first probe comes earlier. */
    private static final int FULL_WINDOWS_AT_FIRST = 5;

    /** Fewer calls make no window, and only every so manyth call reads the clock. */
    private static final int FEWEST_CALLS = 10;

    private static final int PROBE_CALLS = 30;

    private static final int PROBE_PART = 4;

    private static final int PROBE_TURNS = 4;

    /** A window with so many calls is closed whatever the clock says. */
    private static final int MOST_CALLS = 1_000_000;

    /** A dropped call counts as at least so many usual ones: a quick refusal is no sign of a quick target. */
    private static final int DROP_PENALTY = 3;

    /** What a window is for. */
    private enum Phase {
        /** Adjusts the limit. */
        ADJUST,
        /** Lets the calls end that began under the higher limit. */
        DRAIN,
        /** Shows latency without a queue. */
        PROBE
    }

    private final Permits permits;

    private final AdaptiveAlgorithm algorithm;

    private final Ticker ticker;

    private final int initial;

    private final int min;

    private final int max;

    private final long windowNanos;

    private final LatencyWindow window = new LatencyWindow();

    /** Held by whoever closes a window; guards all that is below. */
    private final ReentrantLock closing = new ReentrantLock();

    private volatile Phase phase = Phase.ADJUST;

    private volatile long openedNanos;

    private volatile long lastsNanos;

    private volatile Reading last = Reading.NONE;

    private volatile long baselineNanos;

    private volatile @Nullable Duration usualDuration;

    private LimitEstimator estimator;

    /** The limit of the algorithm. */
    private int limit;

    /** The same, unless a probe is on. */
    private volatile int inForce;

    private int fullWindows = FULL_WINDOWS - FULL_WINDOWS_AT_FIRST;

    AdaptiveLimit(AdaptiveLimitConfig config, int initial, Permits permits, Ticker ticker) {
        this.permits = permits;
        this.algorithm = config.algorithm();
        this.ticker = ticker;
        this.initial = initial;
        this.min = config.lowest(initial);
        this.max = config.highest(initial);
        this.estimator = LimitEstimator.of(algorithm, initial, min, max);
        this.windowNanos = config.window().toNanos();
        this.limit = initial;
        this.inForce = initial;
        this.lastsNanos = windowNanos;
        this.openedNanos = ticker.nanos();
    }

    /** The limit to enforce now. */
    int inForce() {
        return inForce;
    }

    /** Where the algorithm has come to, a probe apart. */
    private int reached() {
        closing.lock();
        try {
            return limit;
        } finally {
            closing.unlock();
        }
    }

    /**
     * Goes on from where another has come to, within its own bounds; what the other has learned of latency it takes over if it is
     * of the same algorithm. Before it has had any call.
     */
    void goOnFrom(AdaptiveLimit other) {
        int from = Math.max(min, Math.min(max, other.reached()));
        closing.lock();
        try {
            limit = from;
            inForce = from;
            estimator = LimitEstimator.of(algorithm, from, min, max);
            last = other.last;
            usualDuration = other.usualDuration;
            if (algorithm == other.algorithm && other.baselineNanos > 0) {
                estimator.rebase(other.baselineNanos, from);
                baselineNanos = estimator.baselineNanos();
            }
        } finally {
            closing.unlock();
        }
    }

    /** Begins anew, as at the start. What is in flight goes on; when it ends it is part of what is learnt then. */
    void reset() {
        closing.lock();
        try {
            window.take();
            estimator = LimitEstimator.of(algorithm, initial, min, max);
            limit = initial;
            inForce = initial;
            phase = Phase.ADJUST;
            fullWindows = FULL_WINDOWS - FULL_WINDOWS_AT_FIRST;
            last = Reading.NONE;
            baselineNanos = 0;
            usualDuration = null;
            openedNanos = ticker.nanos();
            lastsNanos = windowNanos;
        } finally {
            closing.unlock();
        }
        apply();
    }

    /** A call has been answered. */
    void answered(long elapsedNanos, int inFlight) {
        closeIfDue(window.add(elapsedNanos, inFlight));
    }

    /** A call has timed out or been refused by the target. */
    void dropped(long elapsedNanos, int inFlight) {
        window.drop();
        closeIfDue(window.add(Math.max(elapsedNanos, DROP_PENALTY * baselineNanos), inFlight));
    }

    /** A call has found no room. */
    void foundFull() {
        window.full();
    }

    /** How long calls take at present: by then, on average, all that are in flight have ended. */
    @Nullable
    Duration usualDuration() {
        return usualDuration;
    }

    void describe(Map<String, Object> snapshot) {
        Reading reading = last;
        snapshot.put("mean-latency-ms", millis(reading.meanNanos()));
        snapshot.put("baseline-latency-ms", millis(baselineNanos));
        snapshot.put("most-in-flight", reading.mostInFlight());
        snapshot.put("drops", reading.drops());
        snapshot.put("probing", phase != Phase.ADJUST);
    }

    private void closeIfDue(int calls) {
        if (calls % FEWEST_CALLS != 0 || (phase == Phase.PROBE && calls < PROBE_CALLS)) {
            return;
        }
        long now = ticker.nanos();
        if (!isDue(now, calls) || !closing.tryLock()) {
            return;
        }
        try {
            if (isDue(now, calls)) { // unless somebody has just done it
                close(now);
            }
        } finally {
            closing.unlock();
        }
        apply();
    }

    private boolean isDue(long now, int calls) {
        return now - openedNanos >= lastsNanos || calls >= MOST_CALLS;
    }

    /** Outside the lock, as it wakes those who wait. Done once a window, so a limit that comes too late is soon put right. */
    private void apply() {
        int wanted = inForce;
        if (permits.ceilings().limit() != wanted) {
            permits.limit(wanted, this);
        }
    }

    private void close(long now) {
        Reading reading = window.take();
        if (reading.calls() == 0) {
            return;
        }
        switch (phase) {
            case ADJUST -> adjust(reading);
            case DRAIN -> phase = Phase.PROBE;
            case PROBE -> endProbe(reading);
        }
        openedNanos = now;
        lastsNanos = switch (phase) {
            case ADJUST -> Math.max(windowNanos, 2 * last.meanNanos());
            case DRAIN -> 2 * last.meanNanos();
            case PROBE -> PROBE_TURNS * baselineNanos;
        };
    }

    private void adjust(Reading reading) {
        last = reading;
        usualDuration = Duration.ofNanos(reading.meanNanos());
        limit = Math.max(min, Math.min(max, estimator.adjust(reading)));
        inForce = limit;
        baselineNanos = estimator.baselineNanos();
        fullWindows = reading.foundFull() ? fullWindows + 1 : 0;
        if (fullWindows >= FULL_WINDOWS) {
            phase = Phase.DRAIN;
            inForce = Math.max(min, limit / PROBE_PART);
        }
    }

    /** With dropped calls in it, a probe shows nothing. */
    private void endProbe(Reading reading) {
        if (!reading.isDropped()) {
            estimator.rebase(reading.meanNanos(), limit);
            baselineNanos = estimator.baselineNanos();
        }
        fullWindows = 0;
        phase = Phase.ADJUST;
        inForce = limit;
    }

    private static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0;
    }
}

package io.steadfast.failover.health;

import java.time.Duration;

import io.steadfast.core.Instance;
import io.steadfast.core.time.Timer;
import io.steadfast.failover.health.HealthVerdict.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one instance. Used under the lock of the checks, but for {@link #judge}, which only the check that is under way
 * calls.
 */
final class Probe {

    private final HealthConfig config;

    private Instance instance;

    private @Nullable RunningCheck running;

    /** Since when it waits, and how long it is to wait. */
    private long since;

    private long wait;

    private boolean gone;

    private volatile Health health = Health.UNKNOWN;

    /** The newest checks that all passed, or all failed, up to one more than it takes to be believed. */
    private volatile int inARow;

    private volatile boolean lastPassed;

    private enum Health {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    Probe(Instance instance, HealthConfig config, long now, double chance) {
        this.instance = instance;
        this.config = config;
        comeNew(now, chance);
    }

    Instance instance() {
        return instance;
    }

    boolean isGone() {
        return gone;
    }

    boolean isWaiting() {
        return running == null && !gone;
    }

    /** How long it is to wait after the check that has just ended, while there are calls. */
    long nextWait() {
        return wait;
    }

    /** How long until the next check, in nanoseconds; negative if it is overdue. */
    long untilDue(long now, boolean quiet) {
        Duration ofQuiet = config.noTrafficInterval();
        long until = since + wait - now;
        if (!quiet || ofQuiet == null) {
            return until;
        }
        if (ofQuiet.isZero()) {
            return Long.MAX_VALUE;
        }
        return health == Health.UNKNOWN ? until : Math.max(until, since + ofQuiet.toNanos() - now);
    }

    RunningCheck begin(HealthConfig how, Timer timer, HealthListener listener, Runnable whenOver) {
        RunningCheck check = new RunningCheck(this, instance, how, timer, listener, whenOver);
        running = check;
        return check;
    }

    void ended(long now, double chance) {
        running = null;
        since = now;
        int enough = lastPassed ? config.healthyThreshold() : config.unhealthyThreshold();
        Duration interval = health == Health.UNKNOWN || inARow <= enough ? config.edgeInterval() : config.interval();
        wait = (long) (interval.toNanos() * (1 + config.jitter() * chance));
    }

    /** Takes what the list says of it now; if it is another process now, what was known of the one before is of no use. */
    void listedAs(Instance listed, long now, double chance) {
        boolean other = gone || !listed.uri().equals(instance.uri());
        instance = listed;
        if (other) {
            forget();
            comeNew(now, chance);
        }
    }

    /** Drops the check that is under way; it keeps its place until it has really ended. Returns whether there is none. */
    boolean forget() {
        gone = true;
        if (running == null) {
            return true;
        }
        running.drop();
        return false;
    }

    /**
     * Counts a check.
     *
     * @return whether it is to be told
     */
    boolean judge(HealthVerdict verdict) {
        boolean passed = verdict.isPassed();
        int enough = passed ? config.healthyThreshold() : config.unhealthyThreshold();
        int row = passed == lastPassed ? Math.min(inARow, enough) + 1 : 1;
        Health found = passed ? Health.HEALTHY : Health.UNHEALTHY;
        boolean believed =
                health == Health.UNKNOWN || health == found || row >= enough || verdict.outcome() == Outcome.REFUSED;
        lastPassed = passed;
        inARow = row;
        if (believed) {
            health = found;
        }
        return believed;
    }

    private void comeNew(long now, double chance) {
        gone = false;
        health = Health.UNKNOWN;
        inARow = 0;
        since = now;
        wait = (long) (config.interval().toNanos() * config.jitter() * chance);
    }
}

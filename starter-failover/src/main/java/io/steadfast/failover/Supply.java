package io.steadfast.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.core.Durations;
import io.steadfast.core.Instance;
import io.steadfast.core.time.Timer.Scheduled;
import io.steadfast.failover.health.HealthChecks;
import io.steadfast.failover.health.HealthConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool's list of instances comes from, and how long it is good; who waits for the first one; and the checks of those in it.
 * Begins and ends with the policy in force.
 */
final class Supply {

    /** A list is not dropped before the source has had a few occasions to confirm it, whatever the settings say. */
    private static final int OCCASIONS = 3;

    private final Members members;

    private final ReentrantLock lock = new ReentrantLock();

    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    private final long beginNanos;

    private volatile @Nullable FailoverPolicy owner;

    private volatile @Nullable Refresh refresh;

    private volatile boolean listed;

    private volatile boolean called;

    private volatile long listedAt;

    private @Nullable HealthChecks checks;

    private @Nullable HealthConfig checkedBy;

    private @Nullable Scheduled dropping;

    Supply(Members members) {
        this.members = members;
        this.beginNanos = members.ticker().nanos();
    }

    /** Which policy is in force: only that one may end the supply. */
    void ownedBy(FailoverPolicy policy) {
        owner = policy;
    }

    boolean isOwnedBy(FailoverPolicy policy) {
        return owner == policy;
    }

    /** Asks this source from now on; the same one goes on as it is. */
    void goBy(InstanceSource source) {
        Terms terms = members.terms();
        long interval = Durations.nanos(terms.config().refreshInterval());
        Refresh before = refresh;
        if (before != null && before.source().equals(source)) {
            before.every(interval);
        } else {
            if (before != null) {
                before.close();
            }
            listedAt = members.ticker().nanos();
            Refresh next = new Refresh(source, terms.runtime(), interval, this::take);
            refresh = next;
            next.start();
        }
        if (listed) {
            keepFor(terms.config());
        }
        check(terms);
    }

    private void check(Terms terms) {
        HealthConfig health = terms.config().health();
        lock.lock();
        try {
            if (health != null && health.equals(checkedBy)) {
                return;
            }
            if (checks != null) {
                checks.close();
                checks = null;
                members.forgetChecks();
            }
            checkedBy = health;
            if (health != null) {
                checks = new HealthChecks(
                        health,
                        terms.runtime(),
                        members::instances,
                        this::wasCalled,
                        (instance, healthy, why) -> members.checked(instance.id(), healthy, why));
                checks.start();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        Refresh present = refresh;
        if (present != null) {
            present.close();
        }
        lock.lock();
        try {
            if (checks != null) {
                checks.close();
            }
            if (dropping != null) {
                dropping.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    void refreshNow() {
        Refresh present = refresh;
        if (present != null) {
            present.askSoon();
        }
    }

    /** Nothing named is no reason to have no instances: not as long as the list there is may be kept. */
    private void take(List<Instance> named) {
        if (named.isEmpty()) {
            if (isFixed()
                    || (listed
                            && age() >= Durations.nanos(members.terms().config().keepLastGood()))) {
                members.list(List.of());
            }
            return;
        }
        listedAt = members.ticker().nanos();
        members.list(named);
        listed = true;
        keepFor(members.terms().config());
        waiting.forEach(Runnable::run);
        waiting.clear();
        lock.lock();
        try {
            if (checks != null) {
                checks.listChanged();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A source that hangs never says that it has failed. */
    private void keepFor(FailoverConfig config) {
        long keep = Math.max(
                Durations.nanos(config.keepLastGood()),
                OCCASIONS * config.refreshInterval().toNanos());
        long of = listedAt;
        lock.lock();
        try {
            if (dropping != null) {
                dropping.cancel();
            }
            dropping = isFixed() ? null : members.terms().runtime().timer().schedule(() -> dropListOf(of), keep);
        } catch (RejectedExecutionException shutDown) {
            dropping = null;
        } finally {
            lock.unlock();
        }
    }

    /** Unless a list has come while this was about to begin. */
    private void dropListOf(long time) {
        if (listedAt == time) {
            members.list(List.of());
        }
    }

    /** How long a call may wait for the first list, in nanoseconds; 0 or less if there is no use in it. */
    long firstListWait() {
        if (listed || isFixed()) {
            return 0;
        }
        long waited = members.ticker().nanos() - beginNanos;
        return members.terms().config().firstListWait().toNanos() - waited;
    }

    /** Runs it when there is a list, which may be now. */
    void whenListed(Runnable wake) {
        waiting.add(wake);
        if (listed && waiting.remove(wake)) {
            wake.run();
        }
    }

    void forget(Runnable wake) {
        waiting.remove(wake);
    }

    /** Notes that the pool is in use. */
    void call() {
        if (!called) {
            called = true;
        }
    }

    private boolean wasCalled() {
        boolean was = called;
        called = false;
        return was;
    }

    Optional<Duration> listAge() {
        return listed && !isFixed() ? Optional.of(Duration.ofNanos(age())) : Optional.empty();
    }

    Optional<String> trouble() {
        Refresh present = refresh;
        return present == null ? Optional.empty() : Optional.ofNullable(present.trouble());
    }

    long failures() {
        Refresh present = refresh;
        return present == null ? 0 : present.failures();
    }

    private boolean isFixed() {
        Refresh present = refresh;
        return present != null && present.source() instanceof FixedSource;
    }

    private long age() {
        return members.ticker().nanos() - listedAt;
    }
}

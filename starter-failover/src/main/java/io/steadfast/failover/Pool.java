package io.steadfast.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.steadfast.core.Durations;

/**
 * The instances behind a name, and what is known of each. The list of them is refreshed ahead of use; those that stay in it keep what
 * is known of them. Thread-safe. Calls read it without a lock, and nothing here waits for calls, or for the source of the list.
 */
public final class Pool {

    private final Members members;

    private final Supply supply;

    Pool(Members members, Supply supply) {
        this.members = members;
        this.supply = supply;
    }

    /**
     * What all instances go by.
     *
     * @return the name
     */
    public String name() {
        return members.id().instance();
    }

    /**
     * What is known of the instances.
     *
     * @return a snapshot, in the order of their ids
     */
    public List<InstanceState> instances() {
        return members.states();
    }

    /**
     * Whether so few instances are in service that all are used.
     *
     * @return whether the pool is in panic
     */
    public boolean isInPanic() {
        return members.roster().panic();
    }

    /**
     * Sets an instance aside. No check and no success ends that before its time; {@link #restore} does.
     *
     * @param id which one
     * @param time for how long, longer than 0
     * @return {@code false} if the pool has no such instance
     * @throws IllegalArgumentException if the time is 0 or less
     */
    public boolean eject(String id, Duration time) {
        long nanos = positive(time);
        return members.edit(
                id, (member, now) -> member.eject(TimeOut.after(now, nanos, "an operator has ejected it", true), now));
    }

    /**
     * Sends nothing more to an instance that is going away, as long as others are left; what it serves goes on.
     *
     * @param id which one
     * @param time for how long, unless it leaves the pool before, longer than 0
     * @return {@code false} if the pool has no such instance
     * @throws IllegalArgumentException if the time is 0 or less
     */
    public boolean drain(String id, Duration time) {
        long nanos = positive(time);
        return members.edit(
                id, (member, now) -> member.drain(TimeOut.after(now, nanos, "an operator drains it", true)));
    }

    /**
     * Ends an ejection or draining, whoever has ordered it. An instance that fails its health checks goes on failing them.
     *
     * @param id which one
     * @return {@code false} if the pool has no such instance
     */
    public boolean restore(String id) {
        return members.edit(id, (member, now) -> member.forgiveAll(now));
    }

    /**
     * What a health check says of an instance. A check that passes ends an ejection, too, unless an operator has ordered it, or the
     * instance has failed again after a check had let it back: then the check obviously does not see what is wrong.
     *
     * @param id which one; one that is not in the pool is ignored
     * @param healthy whether it is well
     */
    public void checked(String id, boolean healthy) {
        members.checked(id, healthy, "");
    }

    /** Asks the source as soon as a thread is free. Any number of requests while it is being asked are one. */
    public void refreshNow() {
        supply.refreshNow();
    }

    /**
     * How old the list of instances is.
     *
     * @return the time since the source has last named any; empty if it never has, or if the list is fixed
     */
    public Optional<Duration> listAge() {
        return supply.listAge();
    }

    /**
     * Why the source could not be asked the last time, or what is wrong with its list.
     *
     * @return one line; empty if all is well
     */
    public Optional<String> trouble() {
        return supply.trouble();
    }

    /**
     * How often the source has failed, or has named no instance.
     *
     * @return a count since it is asked
     */
    public long refreshFailures() {
        return supply.failures();
    }

    @Override
    public String toString() {
        return "pool '" + name() + "'";
    }

    Members members() {
        return members;
    }

    Supply supply() {
        return supply;
    }

    private static long positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("An instance is set aside for longer than zero, not for " + time);
        }
        return Durations.nanos(time);
    }
}

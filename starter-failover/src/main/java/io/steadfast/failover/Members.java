package io.steadfast.failover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.steadfast.core.Instance;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a pool and the {@link Roster} that calls read.
 *
 * <p>What is known of an instance changes under one lock, for moments only; a call takes it when it sets an instance aside, which is
 * rare. The roster is made under another, by a thread of the timer or an operator's, never by a call: a picker may build large tables.
 * Until that is done, calls pass over an instance that has just been set aside.
 */
final class Members {

    /** What was counted longer ago says nothing of the present. */
    private static final int OLD_AFTER_INTERVALS = 3;

    private final PolicyId id;

    private final Ticker ticker;

    private final long beginNanos;

    private final ReentrantLock facts = new ReentrantLock();

    private final ReentrantLock renewal = new ReentrantLock();

    private final AtomicBoolean renewalDue = new AtomicBoolean();

    private final AtomicLong intervalEnd;

    private volatile Terms terms;

    private volatile Map<String, Member> byId = Map.of();

    private volatile Roster roster = Roster.EMPTY;

    private volatile boolean closed;

    private long intervalBegin;

    private @Nullable Scheduled wake;

    /** A change of one instance. */
    @FunctionalInterface
    interface Edit {

        void apply(Member member, long now);
    }

    Members(PolicyId id, Terms terms) {
        this.id = id;
        this.terms = terms;
        this.ticker = terms.runtime().ticker();
        this.beginNanos = ticker.nanos();
        this.intervalEnd = new AtomicLong(terms.intervalNanos());
    }

    PolicyId id() {
        return id;
    }

    Ticker ticker() {
        return ticker;
    }

    Roster roster() {
        return roster;
    }

    Terms terms() {
        return terms;
    }

    Collection<Member> all() {
        return byId.values();
    }

    /** Nanoseconds since the pool began. */
    long since(long nanos) {
        return nanos - beginNanos;
    }

    List<Instance> instances() {
        return byId.values().stream().map(Member::instance).toList();
    }

    List<InstanceState> states() {
        long now = now();
        return byId.values().stream().map(member -> member.state(now)).toList();
    }

    /** Goes by other settings. Without a rule for ejections, nobody stays ejected. */
    void goBy(Terms next) {
        facts.lock();
        try {
            EjectionConfig after = next.ejection();
            boolean otherGates = InstanceGates.factoryOf(terms.ejection()) != InstanceGates.factoryOf(after);
            terms = next;
            closed = false;
            intervalEnd.accumulateAndGet(now() + next.intervalNanos(), Math::min);
            for (Member member : byId.values()) {
                if (otherGates) {
                    member.guardBy(InstanceGates.gateOf(member.instance(), terms, id));
                }
                if (after == null && member.isEjectedForFailing()) {
                    member.eject(null, now());
                }
            }
        } finally {
            facts.unlock();
        }
        renew();
    }

    /** Takes over the list. Those that stay keep what is known of them; those that join others start slowly. */
    void list(List<Instance> named) {
        facts.lock();
        try {
            Map<String, Member> before = byId;
            Map<String, Member> after = new TreeMap<>();
            List<Member> joined = new ArrayList<>();
            boolean changed = before.size() != named.size();
            for (Instance instance : named) {
                Member known = before.get(instance.id());
                if (known == null) {
                    known = new Member(instance, beginNanos);
                    known.guardBy(InstanceGates.gateOf(instance, terms, id));
                    joined.add(known);
                } else if (!known.instance().equals(instance)) {
                    known.update(instance);
                    changed = true;
                }
                after.put(instance.id(), known);
            }
            if (!changed && joined.isEmpty()) {
                return;
            }
            if (joined.size() < after.size()) {
                warmUp(joined);
            }
            byId = Collections.unmodifiableMap(after);
        } finally {
            facts.unlock();
        }
        renew();
    }

    /** Changes what is known of an instance, and lets calls know. */
    boolean edit(String instance, Edit edit) {
        return editIf(instance, member -> true, edit);
    }

    boolean editIf(String instance, Predicate<Member> condition, Edit edit) {
        facts.lock();
        try {
            Member member = byId.get(instance);
            if (member == null) {
                return false;
            }
            if (!condition.test(member)) {
                return true;
            }
            edit.apply(member, now());
        } finally {
            facts.unlock();
        }
        renew();
        return true;
    }

    /** What a health check says of an instance. */
    void checked(String instance, boolean healthy, String why) {
        editIf(instance, member -> member.isNewsThat(healthy), (member, now) -> member.checked(healthy, why, now));
    }

    /** Nobody checks them any more. */
    void forgetChecks() {
        facts.lock();
        try {
            byId.values().forEach(Member::forgetChecks);
        } finally {
            facts.unlock();
        }
        renewSoon();
    }

    /** An instance has said that it is leaving. */
    void leaving(Member member, long nanos) {
        if (member.isDraining()) {
            return; // it says so in each of its answers
        }
        facts.lock();
        try {
            member.drain(TimeOut.after(now(), nanos, "it has said that it is leaving", false));
        } finally {
            facts.unlock();
        }
        renewSoon();
    }

    void served(Member member, long now, long elapsedNanos) {
        member.served(now, elapsedNanos);
        closeIntervalIfOver(now);
    }

    /**
     * An attempt failed.
     *
     * @param term when it was sent: what was sent before a time-out says nothing of the time after it
     * @param inARow whether it counts as one of a row of failures
     */
    void failed(Member member, int term, long now, long elapsedNanos, long avoidNanos, boolean inARow) {
        member.failed(now, elapsedNanos, avoidNanos);
        EjectionConfig ejection = terms.ejection();
        if (inARow && term == member.term() && ejection != null && ejection.consecutiveFailures() > 0) {
            int streak = member.prolongStreak();
            if (streak % ejection.consecutiveFailures() == 0) {
                ejectForStreak(member, streak);
            }
        }
        closeIntervalIfOver(now);
    }

    private void ejectForStreak(Member member, int streak) {
        boolean ejected;
        facts.lock();
        try {
            ejected = Ejections.eject(byId.values(), member, terms.ejection(), now(), streak + " failures in a row");
        } finally {
            facts.unlock();
        }
        if (ejected) {
            renewSoon();
        }
    }

    /** Nobody but calls says when an interval is over: without calls there is nothing to look at. */
    private void closeIntervalIfOver(long now) {
        long end = intervalEnd.get();
        if (now >= end && intervalEnd.compareAndSet(end, now + terms.intervalNanos())) {
            soon(this::closeInterval);
        }
    }

    private void closeInterval() {
        boolean changed;
        facts.lock();
        try {
            long now = now();
            long interval = terms.intervalNanos();
            boolean fresh = now - intervalBegin <= OLD_AFTER_INTERVALS * interval;
            intervalBegin = now;
            changed = Ejections.closeInterval(byId.values(), terms.ejection(), fresh, interval, now);
        } finally {
            facts.unlock();
        }
        if (changed) {
            renew();
        }
    }

    /** Makes the roster anew on another thread. */
    private void renewSoon() {
        if (renewalDue.compareAndSet(false, true)) {
            soon(this::renew);
        }
    }

    private void soon(Runnable task) {
        try {
            terms.runtime().timer().schedule(task, 0);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }

    /** Makes the roster anew, and says what has changed since the last time. */
    private void renew() {
        List<PolicyEvent> news;
        renewal.lock();
        try {
            renewalDue.set(false);
            Terms present = terms;
            Roster before = roster;
            facts.lock();
            try {
                news = expire(now());
            } finally {
                facts.unlock();
            }
            Roster after =
                    Roster.of(byId.values(), present.config().panicThreshold(), present.picker(), ticker.nanos());
            roster = after;
            PoolNews.ofPanic(id, before, after).ifPresent(news::add);
            wakeForNextChange();
        } finally {
            renewal.unlock();
        }
        if (terms.runtime().listener().hears(PolicyEvent.Kind.STATE_CHANGED)) {
            news.forEach(terms.runtime().listener()::policyEvent);
        }
    }

    /** Ends what is over. Who comes back to others starts slowly. */
    private List<PolicyEvent> expire(long now) {
        List<PolicyEvent> news = new ArrayList<>();
        List<Member> back = new ArrayList<>();
        for (Member member : byId.values()) {
            member.expire(now);
            InstanceState.Status before = member.announce();
            PoolNews.ofInstance(id, member, before, now).ifPresent(news::add);
            if (member.isAvailable() && before != InstanceState.Status.AVAILABLE) {
                back.add(member);
            }
        }
        if (byId.values().stream().anyMatch(member -> member.isAvailable() && !back.contains(member))) {
            warmUp(back);
        }
        return news;
    }

    private void warmUp(List<Member> fresh) {
        long window = terms.slowStartNanos();
        if (window > 0) {
            long now = now();
            fresh.forEach(member -> member.warmUp(now, window));
        }
    }

    private void wakeForNextChange() {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        long now = now();
        long next = Long.MAX_VALUE;
        for (Member member : byId.values()) {
            next = Math.min(next, member.nextChange(now));
        }
        if (next < Long.MAX_VALUE && !closed) {
            try {
                wake = terms.runtime().timer().schedule(this::renew, Math.max(0, next - now));
            } catch (RejectedExecutionException shutDown) {
                closed = true; // an application that ends needs no instance back
            }
        }
    }

    void close() {
        renewal.lock();
        try {
            closed = true;
            if (wake != null) {
                wake.cancel();
                wake = null;
            }
        } finally {
            renewal.unlock();
        }
    }

    private long now() {
        return ticker.nanos() - beginNanos;
    }
}

package io.steadfast.resilience4j.registry;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Timer;

/**
 * A bulkhead of ours as resilience4j's type: who enters here and the calls of guarded methods share its permits. Blocks where it has to
 * wait, as the interface says; guarded methods never come here.
 */
final class RegisteredBulkhead implements Bulkhead {

    private final String name;

    private final Map<String, String> tags;

    private final Timer timer;

    private final BulkheadEvents events;

    private volatile ObservedBulkhead policy;

    /** The interface gives permits back without saying which, and they are alike. */
    private final Deque<Entry> inside = new ConcurrentLinkedDeque<>();

    RegisteredBulkhead(
            String name, Map<String, String> tags, Timer timer, BulkheadEvents events, ObservedBulkhead policy) {
        this.name = name;
        this.tags = tags;
        this.timer = timer;
        this.events = events;
        this.policy = policy;
    }

    /** Another policy has taken over. */
    void follow(ObservedBulkhead next) {
        policy = next;
    }

    BulkheadEvents events() {
        return events;
    }

    /**
     * Refuses: the limit is a setting, which is changed where settings are.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void changeConfig(BulkheadConfig changed) {
        throw new UnsupportedOperationException("The limit of bulkhead '" + name + "' is changed by its properties: set"
                + " resilience.bulkhead.instances." + name + ".max-concurrent-calls and refresh");
    }

    @Override
    public boolean tryAcquirePermission() {
        Call call = Call.of(name);
        try {
            Permit permit = policy.acquire(call);
            while (permit instanceof Reservation place) {
                await(place, call);
                permit = place.claim(call);
            }
            inside.push(new Entry(permit, call));
            return true;
        } catch (BulkheadFullException refusal) {
            return false;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void await(Reservation place, Call call) throws InterruptedException {
        Signal signal = new Signal();
        try {
            place.whenReady(signal);
            timer.await(signal, place.waitNanos());
        } catch (InterruptedException interrupt) {
            place.withdraw(call);
            throw interrupt;
        }
    }

    @Override
    public void acquirePermission() {
        if (!tryAcquirePermission()) {
            throw Thread.currentThread().isInterrupted()
                    ? new io.github.resilience4j.core.exception.AcquirePermissionCancelledException()
                    : io.github.resilience4j.bulkhead.BulkheadFullException.createBulkheadFullException(this);
        }
    }

    @Override
    public void releasePermission() {
        leave();
    }

    @Override
    public void onComplete() {
        leave();
    }

    /** Nobody says how long it took or how it ended, so it is no sample for an adaptive limit. */
    private void leave() {
        Entry entry = inside.poll();
        if (entry != null) {
            entry.permit().abandoned(entry.call());
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public BulkheadConfig getBulkheadConfig() {
        return describe(policy.policy().config());
    }

    static BulkheadConfig describe(io.steadfast.bulkhead.BulkheadConfig config) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(config.maxConcurrentCalls())
                .maxWaitDuration(config.maxWaitDuration())
                .writableStackTraceEnabled(false)
                .build();
    }

    @Override
    public Metrics getMetrics() {
        return new Metrics() {
            @Override
            public int getAvailableConcurrentCalls() {
                return Math.max(0, number("limit") - number("in-flight"));
            }

            @Override
            public int getMaxAllowedConcurrentCalls() {
                return number("limit");
            }
        };
    }

    private int number(String key) {
        return policy.snapshot().get(key) instanceof Number number ? number.intValue() : 0;
    }

    @Override
    public Map<String, String> getTags() {
        return tags;
    }

    @Override
    public EventPublisher getEventPublisher() {
        return events;
    }

    @Override
    public String toString() {
        return "Bulkhead '" + name + "' of Steadfast";
    }

    /** Somebody who came in here and has not left. */
    private record Entry(Permit permit, Call call) {}
}

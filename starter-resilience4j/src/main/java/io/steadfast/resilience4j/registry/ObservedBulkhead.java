package io.steadfast.resilience4j.registry;

import java.util.Map;

import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Reservation;
import org.jspecify.annotations.Nullable;

/** A bulkhead that tells resilience4j's event consumers of its calls; nothing is made for a call unless somebody listens. */
final class ObservedBulkhead implements Gate {

    private final BulkheadPolicy policy;

    private final BulkheadEvents events;

    ObservedBulkhead(BulkheadPolicy policy, BulkheadEvents events) {
        this.policy = policy;
        this.events = events;
    }

    BulkheadPolicy policy() {
        return policy;
    }

    @Override
    public PolicyId id() {
        return policy.id();
    }

    @Override
    public Permit acquire(Call call) {
        if (!events.hasConsumers()) {
            return policy.acquire(call);
        }
        try {
            return observed(policy.acquire(call));
        } catch (BulkheadFullException refusal) {
            events.rejected();
            throw refusal;
        }
    }

    private Permit observed(Permit permit) {
        if (permit instanceof Reservation place) {
            return new ObservedPlace(place);
        }
        events.permitted();
        return new ObservedPermit(permit);
    }

    @Override
    public boolean timed() {
        return policy.timed();
    }

    @Override
    public Map<String, Object> snapshot() {
        return policy.snapshot();
    }

    private final class ObservedPermit implements Permit {

        private final Permit permit;

        ObservedPermit(Permit permit) {
            this.permit = permit;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
            permit.succeeded(call, elapsedNanos, result);
            events.finished();
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            permit.failed(call, elapsedNanos, failure);
            events.finished();
        }

        @Override
        public void abandoned(Call call) {
            permit.abandoned(call);
            events.finished();
        }
    }

    private final class ObservedPlace extends Reservation {

        private final Reservation place;

        ObservedPlace(Reservation place) {
            this.place = place;
        }

        @Override
        public long waitNanos() {
            return place.waitNanos();
        }

        @Override
        public boolean mayComeEarly() {
            return place.mayComeEarly();
        }

        @Override
        public void whenReady(Runnable wake) {
            place.whenReady(wake);
        }

        @Override
        public Permit claim(Call call) {
            try {
                return observed(place.claim(call));
            } catch (BulkheadFullException refusal) {
                events.rejected();
                throw refusal;
            }
        }

        @Override
        public void withdraw(Call call) {
            place.withdraw(call);
        }
    }
}

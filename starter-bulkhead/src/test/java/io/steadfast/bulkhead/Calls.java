package io.steadfast.bulkhead;

import java.util.Map;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Reservation;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;

/** Calls to one bulkhead, made by hand instead of by a driver. */
final class Calls {

    final BulkheadPolicy bulkhead;

    Calls(BulkheadConfigBuilder config) {
        this(config, Ticker.system());
    }

    Calls(BulkheadConfigBuilder config, Ticker ticker) {
        bulkhead = new BulkheadPolicy(
                new PolicyId(BulkheadPolicy.KIND, "stock"),
                config.build(),
                new PolicyRuntime(ticker, Timer.system(), ResilienceListener.NONE));
    }

    static Call of(Priority priority) {
        return Call.of("stock", Map.of(Priority.class, priority));
    }

    /** A call that enters at once. */
    Permit enter() {
        return enter(Priority.NORMAL);
    }

    Permit enter(Priority priority) {
        Permit permit = bulkhead.acquire(of(priority));
        if (permit instanceof Reservation) {
            throw new AssertionError("has to wait");
        }
        return permit;
    }

    /** A call that has to wait. */
    Waiter join() {
        return join(Priority.NORMAL);
    }

    Waiter join(Priority priority) {
        Call call = of(priority);
        return new Waiter(call, (Reservation) bulkhead.acquire(call));
    }

    /** The refusal of one call; {@code null} if it is let in or may wait, and then it is gone again. */
    BulkheadFullException refusal(Priority priority) {
        Call call = of(priority);
        try {
            bulkhead.acquire(call).abandoned(call);
            return null;
        } catch (BulkheadFullException refusal) {
            return refusal;
        }
    }

    boolean isRefused(Priority priority) {
        return refusal(priority) != null;
    }

    void leave(Permit permit) {
        permit.succeeded(of(Priority.NORMAL), 0, "ok");
    }

    int inFlight() {
        return (int) bulkhead.snapshot().get("in-flight");
    }

    int queued() {
        return (int) bulkhead.snapshot().get("queued");
    }

    int limit() {
        return (int) bulkhead.snapshot().get("limit");
    }

    /** A call in the queue, whose driver waits to be woken. */
    static final class Waiter {

        private final Call call;

        private final Reservation place;

        private int wakes;

        Waiter(Call call, Reservation place) {
            this.call = call;
            this.place = place;
            place.whenReady(() -> wakes++);
        }

        boolean isWoken() {
            return wakes > 0;
        }

        int wakes() {
            return wakes;
        }

        Permit claim() {
            return place.claim(call);
        }

        void withdraw() {
            place.withdraw(call);
        }
    }
}

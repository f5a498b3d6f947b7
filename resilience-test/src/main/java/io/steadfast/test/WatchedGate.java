package io.steadfast.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import org.jspecify.annotations.Nullable;

/** A gate seen from outside: passes everything on and keeps count of permits. Thread-safe. */
final class WatchedGate implements Gate {

    /** How a permit was settled. */
    enum Settlement {
        SUCCEEDED,
        FAILED,
        ABANDONED
    }

    private final Gate gate;

    private final AtomicInteger acquired = new AtomicInteger();

    private final List<Settlement> settlements = new CopyOnWriteArrayList<>();

    private final AtomicInteger settledAgain = new AtomicInteger();

    private WatchedGate(Gate gate) {
        this.gate = gate;
    }

    static WatchedGate around(Gate gate) {
        return new WatchedGate(gate);
    }

    /** A gate that lets everybody in. */
    static WatchedGate open() {
        return new WatchedGate(new OpenGate());
    }

    /** A permit of nobody's. */
    static Permit openPermit() {
        return new OpenGate();
    }

    int acquired() {
        return acquired.get();
    }

    /** How each permit was settled, in the order of settling; one that is settled twice is there once. */
    List<Settlement> settlements() {
        return List.copyOf(settlements);
    }

    /** How often a permit was settled that had been settled before. */
    int settledAgain() {
        return settledAgain.get();
    }

    int unsettled() {
        return acquired() - settlements.size();
    }

    @Override
    public PolicyId id() {
        return gate.id();
    }

    @Override
    public boolean timed() {
        return gate.timed();
    }

    @Override
    public Permit acquire(Call call) {
        Permit permit = gate.acquire(call);
        acquired.incrementAndGet();
        return new Watched(permit);
    }

    private final class Watched implements Permit {

        private final Permit permit;

        private final AtomicInteger settled = new AtomicInteger();

        Watched(Permit permit) {
            this.permit = permit;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
            permit.succeeded(call, elapsedNanos, result);
            note(Settlement.SUCCEEDED);
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            permit.failed(call, elapsedNanos, failure);
            note(Settlement.FAILED);
        }

        @Override
        public void abandoned(Call call) {
            permit.abandoned(call);
            note(Settlement.ABANDONED);
        }

        private void note(Settlement how) {
            if (settled.getAndIncrement() == 0) {
                settlements.add(how);
            } else {
                settledAgain.incrementAndGet();
            }
        }
    }

    private static final class OpenGate implements Gate, Permit {

        @Override
        public PolicyId id() {
            return new PolicyId("open", "contract");
        }

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {}

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {}

        @Override
        public void abandoned(Call call) {}
    }
}

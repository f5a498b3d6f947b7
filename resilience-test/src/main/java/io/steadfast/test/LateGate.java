package io.steadfast.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.Reservation;

/** A gate that lets everybody in, but later: after a wait of which each call is told. */
record LateGate(Duration pause, AtomicInteger withdrawn) implements Gate {

    LateGate(Duration pause) {
        this(pause, new AtomicInteger());
    }

    @Override
    public PolicyId id() {
        return new PolicyId("late", "contract");
    }

    @Override
    public Permit acquire(Call call) {
        return new Reservation() {
            @Override
            public long waitNanos() {
                return pause.toNanos();
            }

            @Override
            public boolean mayComeEarly() {
                return false;
            }

            @Override
            public Permit claim(Call waited) {
                return WatchedGate.openPermit();
            }

            @Override
            public void withdraw(Call waited) {
                withdrawn.incrementAndGet();
            }
        };
    }
}

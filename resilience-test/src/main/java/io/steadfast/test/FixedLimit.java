package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;

/** The plainest time limit. */
record FixedLimit(Duration length) implements TimeLimit {

    @Override
    public PolicyId id() {
        return new PolicyId("timeout", "contract");
    }

    @Override
    public long limitNanos(Call call) {
        return length.toNanos();
    }
}

package io.steadfast.http;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.TimeLimit;

/** Stands for the limit that a request does not have itself: it leaves it the deadline that its thread has inherited. */
final class InheritedDeadline implements TimeLimit {

    private final PolicyId id;

    private final long limitNanos;

    InheritedDeadline(String client) {
        this(client, Long.MAX_VALUE);
    }

    InheritedDeadline(String client, long limitNanos) {
        this.id = new PolicyId("timeout", client);
        this.limitNanos = limitNanos;
    }

    @Override
    public PolicyId id() {
        return id;
    }

    @Override
    public long limitNanos(Call call) {
        return limitNanos;
    }
}

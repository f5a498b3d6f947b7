package io.steadfast.core;

/** Stands for the limit that a call does not have itself: it leaves the call the deadline it has inherited. */
record InheritedLimit(PolicyId id) implements TimeLimit {

    @SuppressWarnings("unchecked") // a slot never changes the shape of what it holds
    static PolicySlot<TimeLimit> slot(String call) {
        return (PolicySlot<TimeLimit>) PolicySlot.of(new InheritedLimit(new PolicyId("timeout", call)));
    }

    @Override
    public long limitNanos(Call call) {
        return Long.MAX_VALUE;
    }
}

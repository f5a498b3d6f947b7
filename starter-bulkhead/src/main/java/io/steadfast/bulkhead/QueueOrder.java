package io.steadfast.bulkhead;

/** Who of those that wait for a bulkhead is next. Higher {@linkplain Priority priority} goes first in either order. */
public enum QueueOrder {

    /** Who has waited longest. When the queue is full, who comes is refused. */
    FIFO,

    /**
     * Who has waited least: under overload the newest caller is the likeliest to be still there when the answer comes. When the
     * queue is full, the one that has waited longest is refused and makes room.
     *
     * <p>Sources: Ben Maurer, "Fail at Scale", ACM Queue 13(8), 2015 (adaptive LIFO); the {@code LifoBlockingLimiter} of
     * Netflix's concurrency-limits, which when full refuses who comes instead.
     */
    LIFO
}

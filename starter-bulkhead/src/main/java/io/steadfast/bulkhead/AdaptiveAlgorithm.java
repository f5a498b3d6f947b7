package io.steadfast.bulkhead;

/** How an adaptive limit follows latency. Both are Netflix's, of the library concurrency-limits. */
public enum AdaptiveAlgorithm {

    /**
     * Compares latency with its long-term mean: up to half as much again is tolerated, beyond that the limit shrinks in
     * proportion. Bears noisy latency well; leaves about half a server's worth of calls in the server's own queue.
     */
    GRADIENT,

    /**
     * Estimates the target's queue from the lowest latency seen, as TCP Vegas does (Brakmo and Peterson, 1995), and keeps it at
     * a few calls. Adds less latency, and takes noise in latency for a queue.
     */
    VEGAS
}

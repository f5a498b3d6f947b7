package io.steadfast.circuitbreaker.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.steadfast.circuitbreaker.CircuitBreakerPolicy;

/**
 * The breakers of the application. Keeps those who show them apart from those who make them, because either may come first.
 */
final class BreakerPolicies {

    private final List<CircuitBreakerPolicy> all = new CopyOnWriteArrayList<>();

    private final List<Consumer<CircuitBreakerPolicy>> watchers = new CopyOnWriteArrayList<>();

    /** Held at start-up only, so that no watcher is told twice of a breaker: a call would be metered twice. */
    private final ReentrantLock changing = new ReentrantLock();

    void add(CircuitBreakerPolicy policy) {
        changing.lock();
        try {
            all.add(policy);
            watchers.forEach(watcher -> watcher.accept(policy));
        } finally {
            changing.unlock();
        }
    }

    /** Tells of every breaker once, now or later. */
    void watch(Consumer<CircuitBreakerPolicy> watcher) {
        changing.lock();
        try {
            watchers.add(watcher);
            all.forEach(watcher);
        } finally {
            changing.unlock();
        }
    }
}

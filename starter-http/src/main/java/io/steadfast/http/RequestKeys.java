package io.steadfast.http;

import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.steadfast.core.Call;

/**
 * Idempotency keys of requests that are made inside a guarded call: the next attempt of the call makes them anew, and must find the key
 * of the attempt before. Forgets calls that are over. Thread-safe.
 */
final class RequestKeys {

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Call, Map<String, String>> ofCalls = new WeakHashMap<>();

    /** The key of a request of a call: a new one the first time. */
    String of(Call call, String request) {
        Map<String, String> keys;
        lock.lock();
        try {
            keys = ofCalls.computeIfAbsent(call, any -> new ConcurrentHashMap<>());
        } finally {
            lock.unlock();
        }
        return keys.computeIfAbsent(request, any -> fresh());
    }

    static String fresh() {
        return UUID.randomUUID().toString();
    }
}

package io.steadfast.samples.storefront.show;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts something, for each call by its name. */
final class Counts {

    private final Map<String, LongAdder> byCall = new ConcurrentHashMap<>();

    void add(String call) {
        byCall.computeIfAbsent(call, name -> new LongAdder()).increment();
    }

    long of(String call) {
        LongAdder count = byCall.get(call);
        return count == null ? 0 : count.sum();
    }
}

package io.steadfast.failover.pick;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Which key lives where, for a bounded number of keys. When half of them are new or in use, the other half is forgotten: an eviction
 * that costs a lookup nothing, and never forgets a key before that many others have come by.
 */
final class Homes {

    private static final AtomicReferenceFieldUpdater<Homes, Generations> GENERATIONS =
            AtomicReferenceFieldUpdater.newUpdater(Homes.class, Generations.class, "generations");

    private final int half;

    private volatile Generations generations = new Generations();

    Homes(int maxKeys) {
        if (maxKeys < 2) {
            throw new IllegalArgumentException("A sticky picker cannot remember " + maxKeys + " keys: 2 or more");
        }
        this.half = maxKeys / 2;
    }

    /** Where the key lives; {@code null} if nobody knows. */
    @Nullable
    String of(Object key) {
        Generations now = generations;
        String home = now.young.get(key);
        if (home != null) {
            return home;
        }
        String before = now.old.get(key);
        return before == null ? null : settle(key, null, before);
    }

    /** Has the key live in the next place, unless somebody else has moved it elsewhere; says where it lives now. */
    String settle(Object key, @Nullable String before, String next) {
        ConcurrentMap<Object, String> young = withRoom().young;
        if (before != null && young.replace(key, before, next)) {
            return next;
        }
        String first = young.putIfAbsent(key, next);
        return first == null ? next : first;
    }

    /** For tests: about how many keys are remembered. */
    int size() {
        Generations now = generations;
        return now.young.size() + now.old.size();
    }

    private Generations withRoom() {
        Generations now = generations;
        if (now.young.size() < half) {
            return now;
        }
        GENERATIONS.compareAndSet(this, now, new Generations(new ConcurrentHashMap<>(), now.young));
        return generations;
    }

    private record Generations(ConcurrentMap<Object, String> young, Map<Object, String> old) {

        Generations() {
            this(new ConcurrentHashMap<>(), Map.of());
        }
    }
}

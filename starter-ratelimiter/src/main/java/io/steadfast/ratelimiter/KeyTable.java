package io.steadfast.ratelimiter;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The counters of all keys in use, no more of them than there are places. Thread-safe; nobody waits for anybody else, and there
 * is no thread to tidy up: each new key looks at the next few places, round and round.
 *
 * <p>A key that has been idle is forgotten without loss, for its counter is as good as a new one by then. If there is no room,
 * that key among those looked at is forgotten that has used least of its limit, and of several the one not used for longest. So
 * whoever makes up keys pushes out the made-up ones, and to have a used-up limit forgotten, those of about as many other keys as
 * there are places must be used up as well. (Looking at a few instead of keeping all in order is how Redis evicts, too.)
 */
final class KeyTable {

    /** How many places a new key looks at. */
    static final int LOOKS = 16;

    /** Few keys are idle in a table that is nearly full: so often to look for a free place before somebody is pushed out. */
    private static final int ROUNDS_FOR_A_FREE_PLACE = 8;

    private final Terms terms;

    private volatile long idleNanos;

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** Every entry sits here, too. Whoever retires its counter, and nobody else, clears its place or takes it over. */
    private final AtomicReferenceArray<@Nullable Entry> places;

    private final AtomicInteger everUsed = new AtomicInteger();

    private final AtomicInteger hand = new AtomicInteger();

    /**
     * An empty table.
     *
     * @param terms what the permits of each key go by
     * @param maxKeys how many keys to tell apart
     * @param idleNanos how long a key must not have been used to be forgotten
     */
    KeyTable(Terms terms, int maxKeys, long idleNanos) {
        this.terms = terms;
        this.places = new AtomicReferenceArray<>(maxKeys);
        this.idleNanos = idleNanos;
    }

    /** Changes how long a key must not have been used to be forgotten. */
    void forgetAfter(long nanos) {
        idleNanos = nanos;
    }

    /** The counter of a key. If it proves to be retired it has been pushed out meanwhile: ask again. */
    PermitCounter counter(String key, long now) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = add(key, now);
        } else if (entry.counter.isRetired()) {
            entries.remove(key, entry);
            entry = add(key, now);
        }
        entry.lastUsed = now;
        return entry.counter;
    }

    private Entry add(String key, long now) {
        Entry added = new Entry(key, new PermitCounter(terms, now), now);
        Entry before = entries.putIfAbsent(key, added);
        if (before != null) {
            return before;
        }
        boolean placed = placeWhereNobodyWas(added);
        for (int round = 0; round == 0 || !placed; round++) {
            boolean full = entries.mappingCount() > places.length() || round >= ROUNDS_FOR_A_FREE_PLACE;
            placed = lookAround(added, placed, full, now);
        }
        return added;
    }

    private boolean placeWhereNobodyWas(Entry added) {
        if (everUsed.get() >= places.length()) {
            return false;
        }
        int place = everUsed.getAndIncrement();
        if (place >= places.length()) {
            return false;
        }
        return places.compareAndSet(place, null, added); // whoever looked around meanwhile may have found it empty
    }

    /** Forgets idle keys, and finds a place if there is none yet; {@code false} if there was none to be had. */
    private boolean lookAround(Entry added, boolean alreadyPlaced, boolean full, long now) {
        boolean placed = alreadyPlaced;
        Entry least = null;
        int leastPlace = 0;
        int first = hand.getAndAdd(LOOKS);
        for (int look = 0; look < LOOKS; look++) {
            int place = Math.floorMod(first + look, places.length());
            Entry entry = places.get(place);
            if (entry == added || (entry != null && !forgetIfIdle(entry, place, now))) {
                if (entry != added && (least == null || entry.isLessUsedThan(least, now))) {
                    least = entry;
                    leastPlace = place;
                }
            } else {
                placed = placed || places.compareAndSet(place, null, added);
            }
        }
        if (!placed && full && least != null && least.counter.retire(Long.MAX_VALUE, now)) {
            entries.remove(least.key, least);
            places.set(leastPlace, added);
            placed = true;
        }
        return placed;
    }

    private boolean forgetIfIdle(Entry entry, int place, long now) {
        if (now - entry.lastUsed < idleNanos || !entry.counter.retire(0, now)) {
            return false;
        }
        entries.remove(entry.key, entry);
        places.set(place, null);
        return true;
    }

    /** Looks at all keys: forgets the idle ones, and counts. */
    Census census(long now) {
        int keys = 0;
        int usedUp = 0;
        int limit = terms.cycles().limit();
        for (int place = 0; place < Math.min(everUsed.get(), places.length()); place++) {
            Entry entry = places.get(place);
            if (entry != null && !forgetIfIdle(entry, place, now)) {
                keys++;
                usedUp += entry.counter.taken(now) >= limit ? 1 : 0;
            }
        }
        return new Census(keys, usedUp);
    }

    /**
     * What there is.
     *
     * @param keys the number of keys
     * @param usedUp how many of them have no permit left
     */
    record Census(int keys, int usedUp) {

        static final Census NONE = new Census(0, 0);
    }

    private static final class Entry {

        final String key;

        final PermitCounter counter;

        /** Written by many, in any order: any recent time will do. */
        volatile long lastUsed;

        Entry(String key, PermitCounter counter, long now) {
            this.key = key;
            this.counter = counter;
            this.lastUsed = now;
        }

        boolean isLessUsedThan(Entry other, long now) {
            long taken = counter.taken(now);
            long othersTaken = other.counter.taken(now);
            return taken < othersTaken || (taken == othersTaken && lastUsed - other.lastUsed < 0);
        }
    }
}

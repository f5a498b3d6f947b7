package io.steadfast.resilience4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Collects what an application understands differently, each thing once, with the places that have it. Thread-safe. */
public final class Differences {

    private static final int SHOWN_PLACES = 3;

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Difference, Set<String>> found = new LinkedHashMap<>();

    /** Nothing is different yet. */
    public Differences() {}

    /**
     * Notes that a place of the application has a difference.
     *
     * @param difference what is different
     * @param place a property with its origin, or an annotation and its method
     */
    public void add(Difference difference, String place) {
        lock.lock();
        try {
            found.computeIfAbsent(difference, any -> new LinkedHashSet<>()).add(place);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was noted since this was last asked.
     *
     * @return one readable line a difference, in the order in which they were noted
     */
    public List<String> drain() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>();
            found.forEach((difference, places) -> lines.add(difference + " (" + shown(places) + ")"));
            found.clear();
            return lines;
        } finally {
            lock.unlock();
        }
    }

    private static String shown(Set<String> places) {
        List<String> all = List.copyOf(places);
        int more = all.size() - SHOWN_PLACES;
        return more <= 0
                ? String.join("; ", all)
                : String.join("; ", all.subList(0, SHOWN_PLACES)) + "; and " + more + " more";
    }
}

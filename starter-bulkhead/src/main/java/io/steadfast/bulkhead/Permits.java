package io.steadfast.bulkhead;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Counts the calls in flight and those that wait, and hands a permit that comes back to whoever is next.
 *
 * <p>Both counts are in one word, those in flight in its lower half. A call that finds room enters by one compare-and-set and
 * leaves by one addition. As soon as somebody waits the word is larger than any ceiling, so nobody enters past the queue, and
 * whoever leaves sees by the same addition that there is somebody to serve. Only calls that find the bulkhead full, and those
 * that leave while others wait, take the lock.
 *
 * <p>Nobody waits for ever: who joins the queue does so at a moment when at least one call is in flight, and the last one that
 * leaves serves the queue.
 */
final class Permits {

    /** What came of joining the queue. */
    enum Answer {
        ENTERED,
        WAITING,
        REFUSED
    }

    private static final long ONE_WAITING = 1L << Integer.SIZE;

    private final AtomicLong word = new AtomicLong();

    private volatile Ceilings ceilings;

    /** Guards the line, the state of the places in it, and changes of the ceilings. */
    private final ReentrantLock lock = new ReentrantLock();

    private final WaitingLine line;

    /** Who may move the limit; nobody if it is fixed. Guarded by the lock. */
    private @Nullable AdaptiveLimit mover;

    Permits(int limit, QueueOrder order) {
        this.ceilings = new Ceilings(limit);
        this.line = new WaitingLine(order);
    }

    /** Enters if there is room and nobody waits. */
    boolean tryEnter(Priority priority) {
        int ceiling = ceilings.of(priority);
        long seen = word.get();
        while (seen < ceiling) {
            if (word.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = word.get();
        }
        return false;
    }

    /**
     * Notes that there are calls of a class.
     *
     * @return {@code false} if that was known
     */
    boolean meet(Priority priority) {
        if (ceilings.knows(priority)) {
            return false;
        }
        lock.lock();
        try {
            ceilings = ceilings.knowing(priority);
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** Enters, or takes a place in the queue, at the cost of a lesser place if the queue is full. */
    Answer join(Place place, int capacity) {
        List<Runnable> wakes;
        Answer answer;
        lock.lock();
        try {
            wakes = serve();
            answer = enterOrWait(place, capacity, wakes);
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
        return answer;
    }

    /** All who wait have been served as far as there is room, so whoever still finds room comes before all of them. */
    private Answer enterOrWait(Place place, int capacity, List<Runnable> wakes) {
        while (true) {
            long seen = word.get();
            if (inFlight(seen) < ceilings.of(place.priority())) {
                if (word.compareAndSet(seen, seen + 1)) {
                    return Answer.ENTERED;
                }
            } else if (line.size() >= capacity) {
                Place lesser = line.lesserThan(place);
                if (lesser == null) {
                    return Answer.REFUSED;
                }
                line.remove(lesser);
                line.add(place);
                lesser.evict(wakes);
                return Answer.WAITING;
            } else if (word.compareAndSet(seen, seen + ONE_WAITING)) {
                line.add(place);
                return Answer.WAITING;
            }
        }
    }

    /**
     * Gives a permit back.
     *
     * @return how many were in flight, this one included
     */
    int leave() {
        long before = word.getAndAdd(-1);
        if (waiting(before) > 0) {
            serveAndWake();
        }
        return inFlight(before);
    }

    /**
     * Moves the limit. Calls in flight beyond a lower one end as they would; a higher one serves those who wait. Does nothing if
     * another has become the mover: calls may end long after the settings they began under.
     */
    void limit(int limit, AdaptiveLimit by) {
        change(() -> {
            if (mover == by) {
                ceilings = ceilings.withLimit(limit);
            }
        });
    }

    /** Goes by other settings, with all that are in flight and all that wait. */
    void goBy(int limit, QueueOrder order, @Nullable AdaptiveLimit next) {
        change(() -> {
            mover = next;
            line.order(order);
            ceilings = ceilings.withLimit(limit);
        });
    }

    private void change(Runnable change) {
        List<Runnable> wakes;
        lock.lock();
        try {
            change.run();
            wakes = serve();
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    @Nullable
    AdaptiveLimit mover() {
        lock.lock();
        try {
            return mover;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a wait.
     *
     * @return whether a permit has come of it
     */
    boolean claim(Place place) {
        List<Runnable> wakes;
        boolean granted;
        lock.lock();
        try {
            wakes = serve(); // somebody may have left and be about to
            granted = place.isGranted();
            end(place);
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
        return granted;
    }

    /** Ends a wait, whatever has come of it. */
    void withdraw(Place place) {
        boolean granted;
        lock.lock();
        try {
            granted = place.isGranted();
            end(place);
        } finally {
            lock.unlock();
        }
        if (granted) {
            leave();
        }
    }

    /** Has somebody woken as soon as the wait is over. */
    void whenReady(Place place, Runnable wake) {
        boolean ready;
        lock.lock();
        try {
            ready = !place.isWaiting();
            if (!ready) {
                place.wakeBy(wake);
            }
        } finally {
            lock.unlock();
        }
        if (ready) {
            wake.run();
        }
    }

    Ceilings ceilings() {
        return ceilings;
    }

    /** Both counts at one moment. */
    long look() {
        return word.get();
    }

    static int inFlight(long word) {
        return (int) word;
    }

    static int waiting(long word) {
        return (int) (word >>> Integer.SIZE);
    }

    private void end(Place place) {
        if (place.isWaiting()) {
            line.remove(place);
            word.getAndAdd(-ONE_WAITING);
        }
        place.end();
    }

    private void serveAndWake() {
        List<Runnable> wakes;
        lock.lock();
        try {
            wakes = serve();
        } finally {
            lock.unlock();
        }
        wakes.forEach(Runnable::run);
    }

    /** Grants what there is room for. If the next in line finds none, those behind it find none either. */
    private List<Runnable> serve() {
        List<Runnable> wakes = new ArrayList<>(1);
        Place next = line.next();
        while (next != null) {
            long seen = word.get();
            if (inFlight(seen) >= ceilings.of(next.priority())) {
                break;
            }
            if (word.compareAndSet(seen, seen + 1 - ONE_WAITING)) {
                line.remove(next);
                next.grant(wakes);
                next = line.next();
            }
        }
        return wakes;
    }
}

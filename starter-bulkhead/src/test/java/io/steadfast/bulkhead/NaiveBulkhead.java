package io.steadfast.bulkhead;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a bulkhead should do, written as plainly as possible: lists that are searched from end to end, one thread. Callers are
 * numbers.
 */
final class NaiveBulkhead {

    record Waiter(int number, Priority priority) {}

    private final QueueOrder order;

    private final int capacity;

    private final Set<Priority> seen = EnumSet.noneOf(Priority.class);

    private int limit;

    private int inFlight;

    final List<Waiter> queue = new ArrayList<>();

    final List<Integer> granted = new ArrayList<>();

    final List<Integer> evicted = new ArrayList<>();

    NaiveBulkhead(int limit, int capacity, QueueOrder order) {
        this.limit = limit;
        this.capacity = capacity;
        this.order = order;
    }

    int inFlight() {
        return inFlight;
    }

    Permits.Answer arrive(int number, Priority priority) {
        seen.add(priority);
        boolean nobodyBefore =
                queue.stream().allMatch(waiter -> waiter.priority().compareTo(priority) > 0);
        if (inFlight < ceiling(priority) && nobodyBefore) {
            inFlight++;
            return Permits.Answer.ENTERED;
        }
        Waiter newcomer = new Waiter(number, priority);
        queue.add(newcomer);
        if (queue.size() <= capacity) {
            return Permits.Answer.WAITING;
        }
        Waiter last = last(newcomer);
        queue.remove(last);
        if (last == newcomer) {
            return Permits.Answer.REFUSED;
        }
        evicted.add(last.number());
        return Permits.Answer.WAITING;
    }

    void leave() {
        inFlight--;
        serve();
    }

    void limit(int other) {
        limit = other;
        serve();
    }

    /** Gives up a place; one that was granted is passed on. */
    void withdraw(int number) {
        if (granted.remove((Integer) number)) {
            leave();
        }
        queue.removeIf(waiter -> waiter.number() == number);
        evicted.remove((Integer) number);
    }

    private void serve() {
        while (!queue.isEmpty()) {
            Waiter next = next();
            if (inFlight >= ceiling(next.priority())) {
                return;
            }
            queue.remove(next);
            granted.add(next.number());
            inFlight++;
        }
    }

    /** The highest class there is, and in it the first or the last that came. */
    private Waiter next() {
        Waiter best = queue.get(0);
        for (Waiter waiter : queue) {
            int higher = best.priority().compareTo(waiter.priority());
            if (higher > 0 || (higher == 0 && order == QueueOrder.LIFO)) {
                best = waiter;
            }
        }
        return best;
    }

    /** Whoever is served after all others. A newcomer is the last of its class by order of arrival. */
    private Waiter last(Waiter newcomer) {
        Waiter worst = queue.get(0);
        for (Waiter waiter : queue) {
            int lower = waiter.priority().compareTo(worst.priority());
            if (lower > 0 || (lower == 0 && order == QueueOrder.FIFO)) {
                worst = waiter;
            }
        }
        return worst;
    }

    /** A tenth of the limit, rounded up, for each higher class in use, but never less than one place. */
    private int ceiling(Priority priority) {
        long higher =
                seen.stream().filter(other -> other.compareTo(priority) < 0).count();
        int tenth = (int) Math.ceil(limit / 10.0);
        return (int) Math.max(1, limit - higher * tenth);
    }
}

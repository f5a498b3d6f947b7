package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.PriorityQueue;

import io.steadfast.core.time.Ticker;

/** Time that jumps from event to event. One thread, no clock: the same events give the same run on every machine. */
final class SimulatedTime implements Ticker {

    private final PriorityQueue<Event> events = new PriorityQueue<>();

    private long now;

    private long sequence;

    @Override
    public long nanos() {
        return now;
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(now + nanos, sequence++, action));
    }

    void run(Duration length) {
        long end = now + length.toNanos();
        while (!events.isEmpty() && events.peek().at <= end) {
            Event next = events.poll();
            now = next.at;
            next.action.run();
        }
        now = end;
    }

    private record Event(long at, long sequence, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(sequence, other.sequence) : Long.compare(at, other.at);
        }
    }
}

package io.steadfast.bulkhead;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A server that works on so many calls at a time and keeps all others in a queue without end, as servers with a fixed number
 * of threads or connections do. It does not know whose caller has gone. A call takes a fixed part and a random part of equal
 * means.
 */
final class SimulatedServer {

    private final SimulatedTime time;

    private final SimulatedChance chance;

    private final double meanNanos;

    private final Queue<Runnable> queue = new ArrayDeque<>();

    private int workers;

    private int busy;

    SimulatedServer(SimulatedTime time, SimulatedChance chance, int workers, Duration mean) {
        this.time = time;
        this.chance = chance;
        this.workers = workers;
        this.meanNanos = mean.toNanos();
    }

    /** Calls under way end as they would. */
    void workers(int number) {
        workers = number;
        startNext();
    }

    /** The calls it can answer in a second. */
    double capacity() {
        return workers / meanNanos * 1e9;
    }

    void call(Runnable answered) {
        queue.add(answered);
        startNext();
    }

    private void startNext() {
        while (busy < workers && !queue.isEmpty()) {
            Runnable answered = queue.remove();
            busy++;
            time.after((long) (meanNanos / 2) + chance.exponential(meanNanos / 2), () -> {
                busy--;
                startNext();
                answered.run();
            });
        }
    }
}

package io.steadfast.drills.caller;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Users who come at a constant rate, whether or not those before them have been answered. Each one's wait counts from when it was due:
 * a caller that is stuck makes all of them wait, not just one.
 */
class Users {

    private static final int THREADS = 200;

    private final StockClient client;

    private final Journal journal;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Users(StockClient client, Journal journal) {
        this.client = client;
        this.journal = journal;
    }

    /** Until all classes are loaded and some code is compiled. */
    void warmUp(int requests) throws InterruptedException {
        int answered = 0;
        while (answered < requests) {
            try {
                client.left(answered);
                answered++;
            } catch (RuntimeException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    void come(int perSecond) {
        long nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long epochMillis = System.currentTimeMillis();
        long begin = System.nanoTime();
        for (int user = 0; ; user++) {
            long due = begin + user * nanosBetween;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            int id = user;
            threads.execute(() -> ask(id, due, epochMillis + TimeUnit.NANOSECONDS.toMillis(due - begin)));
        }
    }

    private void ask(int id, long due, long dueMillis) {
        String outcome;
        try {
            outcome = client.left(id).isEmpty() ? "empty" : "ok";
        } catch (RuntimeException failure) {
            outcome = failure.getClass().getSimpleName();
        }
        journal.user(dueMillis, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due), outcome);
    }
}

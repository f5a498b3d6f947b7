package io.steadfast.drills.caller;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.steadfast.drills.process.Lifeline;

/** Writes down every request for the starter, on a thread of its own: nobody who is measured waits for a pipe. */
class Journal {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Journal(Lifeline lifeline) {
        Thread writer = new Thread(() -> write(lifeline), "journal");
        writer.setDaemon(true);
        writer.start();
    }

    private void write(Lifeline lifeline) {
        try {
            while (true) {
                lifeline.tell(lines.take());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** A user's request: when it was due, how long it took from then on, and how it ended. */
    void user(long dueMillis, long micros, String outcome) {
        lines.add("USER " + dueMillis + ' ' + micros + ' ' + outcome);
    }

    /** One sent to an instance, known by its port. */
    void sent(long sentMillis, int port, boolean answered) {
        lines.add("SENT " + sentMillis + ' ' + port + ' ' + answered);
    }

    void ready() {
        lines.add("READY");
    }
}

package io.steadfast.spring.live.servlet;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The thread that writes to a client now. A servlet has no way to give up a write that blocks, but a channel closes when a thread writes to
 * it that is interrupted. Thread-safe; nobody is interrupted who is not writing.
 */
final class WritingThread {

    /**
     * Tomcat swallows an interruption while it waits for the client, and writes again at once: only the next one, if it comes in between,
     * closes the channel.
     */
    private static final int BURST = 2000;

    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Thread thread;

    void run(Writing writing) throws Exception {
        turn(Thread.currentThread());
        try {
            writing.write();
        } finally {
            turn(null);
            Thread.interrupted(); // meant for the write, not for what this thread does next
        }
    }

    /**
     * Interrupts whoever writes.
     *
     * @return whether nobody does any more
     */
    boolean isFreed() {
        for (int times = 0; times < BURST; times++) {
            if (!isInterrupted()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean isInterrupted() {
        lock.lock();
        try {
            if (thread == null) {
                return false;
            }
            thread.interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void turn(@Nullable Thread writer) {
        lock.lock();
        try {
            thread = writer;
        } finally {
            lock.unlock();
        }
    }

    /** Writes to the client. */
    @FunctionalInterface
    interface Writing {

        void write() throws Exception;
    }
}

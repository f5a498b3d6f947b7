package io.steadfast.spring.live.servlet;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Timer;
import io.steadfast.spring.live.Frame;
import io.steadfast.spring.live.LiveSubscriber;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One client. Frames wait in a queue for whoever writes, which is one task at a time, and none while nothing waits. */
final class ServletClient implements LiveSubscriber {

    static final int QUEUE = 64;

    private static final Log LOGGER = LogFactory.getLog(ServletStream.class);

    private static final long OPENING_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A client that reads has read what is under way by then. */
    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MOST_BURSTS = 100;

    private final Queue<Frame> waiting = new ArrayBlockingQueue<>(QUEUE);

    /** How much there is to look at for the task that writes; 0 if there is no such task. */
    private final AtomicInteger work = new AtomicInteger();

    private final WritingThread writer = new WritingThread();

    private final Timer timer;

    private final StreamEmitter emitter = new StreamEmitter(this::opened);

    private volatile boolean open;

    private volatile boolean ended;

    private volatile @Nullable AutoCloseable place;

    ServletClient(Timer timer) {
        this.timer = timer;
        emitter.onCompletion(this::gone);
        emitter.onTimeout(this::gone);
        emitter.onError(failure -> gone());
    }

    SseEmitter emitter() {
        return emitter;
    }

    void occupy(AutoCloseable taken) {
        place = taken;
        if (ended) {
            leave();
        }
        timer.schedule(this::giveUpUnopened, OPENING_NANOS);
    }

    /** A request may end before its response begins; nobody says so to an emitter. */
    private void giveUpUnopened() {
        if (!open) {
            ended = true;
            leave();
        }
    }

    /** Before the response has begun, frames sent would be kept, and then written by the container's thread. */
    private void opened() {
        open = true;
        write();
    }

    @Override
    public boolean offer(Frame frame) {
        if (ended) {
            return true;
        }
        boolean taken = waiting.offer(frame);
        write();
        return taken;
    }

    @Override
    public void ended() {
        ended = true;
        waiting.clear();
        write();
        freeWriter(ENDING_NANOS, MOST_BURSTS);
    }

    /** Whoever does not read would hold up a thread, and the end of the application, until the server's write timeout. */
    private void freeWriter(long delayNanos, int bursts) {
        if (work.get() == 0 || bursts == 0) {
            return;
        }
        try {
            timer.schedule(
                    () -> {
                        if (!writer.isFreed()) {
                            freeWriter(AGAIN_NANOS, bursts - 1);
                        }
                    },
                    delayNanos);
        } catch (RejectedExecutionException shutDown) {
            LOGGER.debug("A client that does not read may hold up the end", shutDown);
        }
    }

    private void gone() {
        ended = true;
        waiting.clear();
        leave();
    }

    private void write() {
        if (open && work.getAndIncrement() == 0) {
            try {
                timer.schedule(this::writeAll, 0);
            } catch (RejectedExecutionException shutDown) {
                gone();
            }
        }
    }

    private void writeAll() {
        int seen = work.get();
        do {
            try {
                writer.run(this::writeWaiting);
            } catch (Exception clientGone) {
                LOGGER.debug("A client that watched the calls has gone", clientGone);
                gone();
                return; // leaves work as it is, so that no other task begins
            }
            seen = work.addAndGet(-seen);
        } while (seen > 0);
    }

    private void writeWaiting() throws Exception {
        Frame next = waiting.poll();
        while (next != null && !ended) {
            emitter.send(next);
            next = waiting.poll();
        }
        if (ended) {
            emitter.complete();
            leave();
        }
    }

    private void leave() {
        AutoCloseable taken = place;
        if (taken != null) {
            try {
                taken.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}

package io.steadfast.spring.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent;
import io.steadfast.spring.events.OneLine;

/** Events on their way to those who watch: at most {@value #MOST_A_SECOND} of each second, then how many were left out. */
final class LiveEvents {

    static final int MOST_A_SECOND = 50;

    private final Queue<Frame> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger inQueue = new AtomicInteger();

    private final AtomicInteger leftOut = new AtomicInteger();

    private int second;

    private int taken;

    /** Keeps an event for {@link #take}. Called by calls. */
    void add(PolicyEvent event, long atMillis) {
        if (inQueue.incrementAndGet() > MOST_A_SECOND) {
            inQueue.decrementAndGet();
            leftOut.incrementAndGet();
            return;
        }
        waiting.add(frame(
                atMillis,
                event.call(),
                event.kind().name(),
                event.policy().policy(),
                event.policy().instance(),
                OneLine.of(event)));
    }

    /** What may be sent now. Called by the feed, under its lock. */
    List<Frame> take(Look look) {
        List<Frame> frames = new ArrayList<>();
        if (look.second() != second) {
            second = look.second();
            taken = 0;
        }
        Frame next = waiting.poll();
        while (next != null) {
            inQueue.decrementAndGet();
            if (taken++ < MOST_A_SECOND) {
                frames.add(next);
            } else {
                leftOut.incrementAndGet();
            }
            next = waiting.poll();
        }
        int missing = taken < MOST_A_SECOND || !frames.isEmpty() ? leftOut.getAndSet(0) : 0;
        if (missing > 0) {
            frames.add(frame(look.atMillis(), "", "LEFT_OUT", "", "", missing + " more events are not shown"));
        }
        return frames;
    }

    void clear() {
        while (waiting.poll() != null) {
            inQueue.decrementAndGet();
        }
        leftOut.set(0);
    }

    private static Frame frame(long atMillis, String call, String kind, String policy, String instance, String detail) {
        return new Frame(
                "event",
                new JsonText()
                        .begin()
                        .key("at")
                        .number(atMillis)
                        .key("call")
                        .string(call)
                        .key("kind")
                        .string(kind)
                        .key("policy")
                        .string(policy)
                        .key("instance")
                        .string(instance)
                        .key("detail")
                        .string(detail)
                        .end()
                        .toString());
    }
}

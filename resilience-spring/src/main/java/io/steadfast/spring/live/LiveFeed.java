package io.steadfast.spring.live;

import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.steadfast.core.Call;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.core.time.WallClock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.function.SingletonSupplier;

/**
 * What users got from each call, second by second over the last minute, and what state its policies are in: as a snapshot, and as a
 * stream of what changes, for dashboards. The JSON is described in the reference, {@code docs/reference/stream.md}.
 *
 * <p>Counts every call, without allocation, locks or a reading of the clock beyond those that {@link #timed()} asks for; for at most 1000
 * names, about 13 KB each. While somebody watches, all calls are looked at twice a second, and a frame is written once for all who
 * watch; while nobody does, every five seconds, to know since when something is wrong. Thread-safe.
 *
 * <p>A bean that starts and stops with its context, before and after which nothing is looked at. It stops before the web server waits for
 * its last requests: streams must not keep it waiting.
 */
public final class LiveFeed implements ResilienceListener, SmartLifecycle {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Log LOGGER = LogFactory.getLog(LiveFeed.class);

    private final CallRecorders recorders = new CallRecorders();

    private final LiveEvents events = new LiveEvents();

    private final LiveAudience audience = new LiveAudience();

    private final JsonText buffer = new JsonText();

    private final ReentrantLock lock = new ReentrantLock();

    private final LiveBoard board;

    private final LiveTime time;

    private final Timer timer;

    private volatile boolean running;

    private Timer.@Nullable Scheduled next;

    private boolean complained;

    LiveFeed(LiveSources sources, Ticker ticker, Timer timer, Supplier<Clock> clock) {
        this.board = new LiveBoard(recorders, sources);
        this.time = new LiveTime(ticker, clock);
        this.timer = timer;
    }

    /**
     * The feed of an application context. Time is the context's {@link Ticker}, {@link Timer} and {@link Clock} where it has them; other beans
     * are looked up when they are needed, so that this can be made before them.
     *
     * @param beans the context's bean factory
     * @return the feed, to be a bean
     */
    public static LiveFeed of(BeanFactory beans) {
        ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
        return new LiveFeed(
                new BeanSources(beans),
                beans.getBeanProvider(Ticker.class).getIfAvailable(Ticker::system),
                beans.getBeanProvider(Timer.class).getIfAvailable(Timer::system),
                SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)));
    }

    @Override
    public boolean timed() {
        return true;
    }

    @Override
    public boolean hears(PolicyEvent.Kind kind) {
        return kind == PolicyEvent.Kind.REFUSED || isShown(kind);
    }

    private static boolean isShown(PolicyEvent.Kind kind) {
        return switch (kind) {
            case STATE_CHANGED, RECONFIGURED, CHANGED_BY_HAND -> true;
            default -> false;
        };
    }

    @Override
    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, @Nullable Throwable failure) {
        CallRecorder recorder = recorders.of(call.name());
        if (recorder != null) {
            recorder.completed(
                    time.secondAt(call.enteredNanos() + elapsedNanos),
                    Served.of(outcome, call.attempts()),
                    elapsedNanos);
        }
    }

    @Override
    public void policyEvent(PolicyEvent event) {
        if (event.kind() == PolicyEvent.Kind.REFUSED) {
            CallRecorder recorder = recorders.of(event.call());
            if (recorder != null) {
                recorder.refused(time.second(), event.policy().policy());
            }
        } else if (isShown(event.kind()) && !audience.isEmpty()) {
            events.add(event, time.millis());
        }
    }

    /**
     * The present, as the first frame of a stream or as the answer to a request.
     *
     * @param writable whether the reader may change anything; told in the frame
     * @return a frame named {@code snapshot}
     */
    public Frame snapshot(boolean writable) {
        lock.lock();
        try {
            return board.snapshot(time.look(buffer), writable);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether somebody else could watch now.
     *
     * @return {@code false} if as many do as may
     */
    public boolean hasRoom() {
        return audience.hasRoom();
    }

    /**
     * Begins to watch: the subscriber is offered a snapshot at once, on this thread, and then what changes. A feed that has stopped ends
     * the watching at once.
     *
     * @param subscriber who watches
     * @param writable whether it may change anything; told in the snapshot
     * @return ends the watching and frees the place; to be closed in any case, also after {@link LiveSubscriber#ended}; closing it again does nothing
     * @throws TooManySubscribersException if there are as many as may be
     */
    public AutoCloseable subscribe(LiveSubscriber subscriber, boolean writable) {
        LiveAudience.Member member = audience.reserve(subscriber);
        boolean begun = false;
        lock.lock();
        try {
            begin(member, writable);
            begun = true;
            return member;
        } finally {
            lock.unlock();
            if (!begun) {
                member.close();
            }
        }
    }

    private void begin(LiveAudience.Member member, boolean writable) {
        if (!running) {
            member.end();
            return;
        }
        if (audience.isEmpty()) {
            events.clear();
            later(TICK_NANOS);
        }
        member.subscriber().offer(board.snapshot(time.look(buffer), writable));
        audience.add(member);
    }

    /** Begins to look. */
    @Override
    public void start() {
        lock.lock();
        try {
            running = true;
            later(WATCH_NANOS);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams. */
    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            if (next != null) {
                next.cancel();
            }
            audience.end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Looks, and tells those who watch. */
    void turn() {
        lock.lock();
        try {
            if (!running) {
                return;
            }
            Look look = time.look(buffer);
            if (audience.isEmpty()) {
                board.watch(look);
            } else {
                events.take(look).forEach(audience::tell);
                audience.tell(board.tick(look));
            }
        } finally {
            lock.unlock();
        }
    }

    private void turnAndGoOn() {
        lock.lock();
        try {
            turn();
        } catch (RuntimeException broken) {
            if (!complained) {
                complained = true;
                LOGGER.warn("The calls could not be looked at; those who watch miss a turn. Not said again", broken);
            }
        } finally {
            if (running) {
                later(audience.isEmpty() ? WATCH_NANOS : TICK_NANOS);
            }
            lock.unlock();
        }
    }

    private void later(long nanos) {
        if (next != null) {
            next.cancel();
        }
        try {
            next = timer.schedule(this::turnAndGoOn, nanos);
        } catch (RejectedExecutionException shutDown) {
            next = null;
        }
    }
}

package io.steadfast.failover.shutdown;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Timer;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Holds the shutdown of an application back until those who call it have had time to go elsewhere. When its context begins to close,
 * readiness becomes {@link ReadinessState#REFUSING_TRAFFIC}, each {@link LeaveNotice} is given, and then a quiet period passes during
 * which everything still works. After that the shutdown goes on as without it: Spring Boot drains the web server, and beans are
 * destroyed.
 *
 * <p>Hears of the closing before all other listeners, and so before any executor, message listener or life-cycle bean has been told to
 * stop: requests of the quiet period find the application whole. It is no life-cycle bean itself, so its time is not part of
 * {@code spring.lifecycle.timeout-per-shutdown-phase}. The wait is bounded: by the quiet period for the notices together, and the same
 * again after them. An interrupt ends it at once.
 */
public final class GracefulLeave implements ApplicationListener<ContextClosedEvent>, Ordered {

    private static final Logger LOGGER = System.getLogger(GracefulLeave.class.getName());

    private final ApplicationContext context;

    private final Duration quietPeriod;

    private final BooleanSupplier watched;

    private final List<LeaveNotice> notices;

    private final Timer timer;

    /**
     * Waits for one context.
     *
     * @param context whose closing is held back
     * @param quietPeriod how long; zero for not at all, and then no notice is given
     * @param watched whether to wait even if no notice is due; asked when the closing begins
     * @param notices whom to tell, in this order
     * @param timer how to wait
     */
    public GracefulLeave(
            ApplicationContext context,
            Duration quietPeriod,
            BooleanSupplier watched,
            List<LeaveNotice> notices,
            Timer timer) {
        this.context = context;
        this.quietPeriod = quietPeriod;
        this.watched = watched;
        this.notices = List.copyOf(notices);
        this.timer = timer;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** On another thread it would hold nothing back. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() != context || quietPeriod.isZero()) {
            return; // a child's, such as that of the management server
        }
        List<LeaveNotice> due = notices.stream().filter(GracefulLeave::isDue).toList();
        if (due.isEmpty() && !watched.getAsBoolean()) {
            return;
        }
        LOGGER.log(
                Level.INFO,
                "Leaving: callers are told, and requests are served for another {0} ms before the shutdown begins",
                Long.toString(quietPeriod.toMillis()));
        try {
            refuseTraffic();
            give(due);
            timer.sleep(quietPeriod.toNanos());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            LOGGER.log(Level.INFO, "Interrupted while leaving: the shutdown begins at once");
        }
    }

    /** Spring Boot has done so for a web application; whoever listens hears it twice, which is the same as once. */
    private void refuseTraffic() {
        try {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        } catch (RuntimeException listener) {
            LOGGER.log(
                    Level.WARNING, "Somebody could not take the news that this application refuses traffic", listener);
        }
    }

    private static boolean isDue(LeaveNotice notice) {
        try {
            return notice.isDue();
        } catch (RuntimeException unknown) {
            return true;
        }
    }

    private void give(List<LeaveNotice> due) throws InterruptedException {
        Signal given = new Signal();
        try {
            timer.schedule(() -> giveAll(due, given), 0);
        } catch (RejectedExecutionException noThread) {
            giveAll(due, given);
        }
        if (!timer.await(given, quietPeriod.toNanos())) {
            LOGGER.log(
                    Level.WARNING,
                    "Not everybody could be told within {0} ms that this application leaves; the shutdown goes on",
                    Long.toString(quietPeriod.toMillis()));
        }
    }

    private static void giveAll(List<LeaveNotice> due, Signal given) {
        for (LeaveNotice notice : due) {
            try {
                notice.give();
            } catch (Throwable failed) {
                LOGGER.log(Level.WARNING, "Somebody could not be told that this application leaves", failed);
            }
        }
        given.run();
    }
}

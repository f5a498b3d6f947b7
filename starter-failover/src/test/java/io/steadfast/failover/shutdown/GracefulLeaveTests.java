package io.steadfast.failover.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

class GracefulLeaveTests {

    private static final Duration QUIET = Duration.ofSeconds(5);

    private final ManualTimer timer = new ManualTimer();

    private final GenericApplicationContext context = new GenericApplicationContext();

    private final List<String> events = new ArrayList<>();

    @Test
    void whenTheContextCloses_thenReadinessGoesFirstThenTheNoticesThenTheQuietPeriodThenTheRest() {
        closed(QUIET, false, notice("registry"), notice("balancer"));

        assertThat(events).containsExactly("REFUSING_TRAFFIC", "registry", "balancer", "stopped after PT5S");
    }

    @Test
    void whenANoticeThrows_thenTheOthersAreGivenAndTheQuietPeriodPasses() {
        closed(
                QUIET,
                false,
                () -> {
                    throw new StackOverflowError();
                },
                notice("balancer"));

        assertThat(events).containsExactly("REFUSING_TRAFFIC", "balancer", "stopped after PT5S");
    }

    @Test
    void whenANoticeIsNotTakenInTime_thenTheShutdownGoesOn() {
        LeaveNotice slow = () -> timer.sleep(Duration.ofSeconds(8).toNanos());
        closed(QUIET, false, slow);

        assertThat(timer.sleeps()).last().isEqualTo(QUIET);
        assertThat(events).last().asString().startsWith("stopped");
    }

    @Test
    void whenNoThreadIsToBeHad_thenTheNoticesAreGivenAllTheSame() {
        timer.rejectTasks();
        closed(QUIET, false, notice("registry"));

        assertThat(events).containsExactly("REFUSING_TRAFFIC", "registry", "stopped after PT5S");
    }

    @Test
    void whenNobodyIsToBeTold_thenNothingIsHeldBack() {
        closed(QUIET, false, notDue());

        assertThat(events).containsExactly("stopped after PT0S");
    }

    @Test
    void whenNobodyIsToBeToldButSomebodyWatches_thenTheQuietPeriodPasses() {
        closed(QUIET, true, notDue());

        assertThat(events).containsExactly("REFUSING_TRAFFIC", "stopped after PT5S");
    }

    @Test
    void whenThereIsNoQuietPeriod_thenNobodyIsTold() {
        closed(Duration.ZERO, true, notice("registry"));

        assertThat(events).containsExactly("stopped after PT0S");
    }

    @Test
    void whenInterrupted_thenTheShutdownBeginsAtOnceAndTheInterruptIsKept() {
        context.refresh();
        GracefulLeave leave = new GracefulLeave(context, QUIET, () -> true, List.of(notice("registry")), timer);
        Thread.currentThread().interrupt();
        leave.onApplicationEvent(new ContextClosedEvent(context));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(timer.sleeps()).isEmpty();
    }

    @Test
    void whenAChildContextCloses_thenNothingIsHeldBack() {
        GracefulLeave leave = new GracefulLeave(context, QUIET, () -> true, List.of(), timer);
        leave.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));

        assertThat(timer.sleeps()).isEmpty();
    }

    /** Closes a context; "stopped" is when a listener that is told in its turn hears of it. */
    private void closed(Duration quiet, boolean watched, LeaveNotice... notices) {
        long began = timer.ticker().nanos();
        context.addApplicationListener(event -> {
            if (event instanceof AvailabilityChangeEvent<?> change) {
                events.add(change.getState().toString());
            } else if (event instanceof ContextClosedEvent) {
                events.add("stopped after " + Duration.ofNanos(timer.ticker().nanos() - began));
            }
        });
        context.addApplicationListener(new GracefulLeave(context, quiet, () -> watched, List.of(notices), timer));
        context.refresh();
        context.close();
    }

    private LeaveNotice notice(String name) {
        return () -> events.add(name);
    }

    private LeaveNotice notDue() {
        return new LeaveNotice() {
            @Override
            public boolean isDue() {
                return false;
            }

            @Override
            public void give() {
                events.add("told");
            }
        };
    }
}

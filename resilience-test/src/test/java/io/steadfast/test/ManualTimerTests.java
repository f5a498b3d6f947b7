package io.steadfast.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

class ManualTimerTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTimer timer = new ManualTimer();

    private final long start = timer.ticker().nanos();

    private final List<String> ran = new ArrayList<>();

    private void at(int seconds, String name) {
        timer.schedule(
                () -> ran.add(name + " at " + elapsed().toSeconds()),
                SECOND.multipliedBy(seconds).toNanos());
    }

    private Duration elapsed() {
        return Duration.ofNanos(timer.ticker().nanos() - start);
    }

    @Test
    void whenTimeAdvances_thenDueTasksRunInOrderAtTheirTime() {
        at(3, "third");
        at(1, "first");
        at(1, "second");
        at(9, "never");
        timer.advance(SECOND.multipliedBy(5));
        assertThat(ran).containsExactly("first at 1", "second at 1", "third at 3");
        assertThat(elapsed()).hasSeconds(5);
        assertThat(timer.pendingTasks()).isEqualTo(1);
    }

    @Test
    void whenATaskSchedulesAnother_thenThatRunsTooIfItIsDue() {
        timer.schedule(() -> at(1, "inner"), SECOND.toNanos());
        timer.advance(SECOND.multipliedBy(2));
        assertThat(ran).containsExactly("inner at 2");
    }

    @Test
    void whenCancelled_thenTaskDoesNotRun() {
        timer.schedule(() -> ran.add("cancelled"), 0).cancel();
        timer.advance(SECOND);
        assertThat(ran).isEmpty();
    }

    @Test
    void whenSomebodySleeps_thenTimePassesAndTasksRun() throws InterruptedException {
        at(1, "task");
        timer.sleep(SECOND.multipliedBy(2).toNanos());
        assertThat(ran).containsExactly("task at 1");
        assertThat(elapsed()).hasSeconds(2);
        assertThat(timer.sleeps()).containsExactly(SECOND.multipliedBy(2));
    }

    @Test
    void whenATaskInterruptsTheSleeper_thenSleepEndsAtThatMoment() {
        timer.schedule(Thread.currentThread()::interrupt, SECOND.toNanos());
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> timer.sleep(SECOND.multipliedBy(10).toNanos()));
        assertThat(elapsed()).hasSeconds(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whenInterruptedBefore_thenSleepThrowsEvenWithoutDelay() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> timer.sleep(0));
        assertThat(timer.sleeps()).isEmpty();
    }

    @Test
    void whenDelayReachesBeyondTheEndOfTime_thenTaskStaysQueued() {
        timer.schedule(() -> ran.add("never"), Long.MAX_VALUE);
        timer.advance(Duration.ofDays(10_000));
        timer.schedule(() -> ran.add("never either"), Long.MAX_VALUE);
        assertThat(ran).isEmpty();
        assertThat(timer.pendingTasks()).isEqualTo(2);
    }

    @Test
    void whenTaskThrows_thenWhoeverMovesTimeGetsIt() {
        timer.schedule(
                () -> {
                    throw new IllegalStateException("task");
                },
                0);
        assertThatThrownBy(() -> timer.advance(SECOND)).hasMessage("task");
    }

    @Test
    void whenToldToReject_thenItRejects() {
        timer.rejectTasks();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> timer.schedule(() -> {}, 0));
    }

    @Test
    void whenTimeShouldGoBackwards_thenItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> timer.advance(SECOND.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> timer.ticker().advance(SECOND.negated()));
    }
}

package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

/** Tasks on their way from alarm to worker. */
class AlarmedTaskTests {

    private static final long MILLI = 1_000_000L;

    private final HandWatchdog hand = new HandWatchdog();

    private final Deque<AlarmedTask> due = new ArrayDeque<>();

    private AlarmedTask schedule() {
        return new AlarmedTask(hand.watchdog, MILLI, due::add);
    }

    @Test
    void whenTasksComeAndGo_thenTheyShareOneAlarm() {
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            AlarmedTask task = schedule();
            if (i % 2 == 0) {
                task.cancel();
            }
            hand.pass(2 * MILLI);
            while (!due.isEmpty()) {
                begun.addAndGet(due.remove().begin() ? 1 : 0);
            }
        }
        assertThat(begun).hasValue(500);
        assertThat(hand.watchdog.size()).isEqualTo(1);
    }

    @Test
    void whenATaskIsCancelledAfterItsTimeButBeforeItBegins_thenItDoesNotBegin() {
        AlarmedTask task = schedule();
        hand.pass(2 * MILLI);
        assertThat(due).containsExactly(task);
        task.cancel();
        assertThat(task.begin()).isFalse();
    }

    @Test
    void whenATaskHasBegun_thenCancellingItDoesNotTouchTheNextOnesAlarm() {
        AlarmedTask first = schedule();
        hand.pass(2 * MILLI);
        assertThat(first.begin()).isTrue();
        AlarmedTask second = schedule();
        first.cancel();
        due.clear();
        hand.pass(2 * MILLI);
        assertThat(due).containsExactly(second);
    }
}

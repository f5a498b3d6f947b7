package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The alarm of a timer that knows nothing cheaper than tasks. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ScheduledAlarmTests {

    private final TaskTimer timer = new TaskTimer();

    private final AtomicInteger rings = new AtomicInteger();

    private final Alarm alarm = timer.alarm(rings::incrementAndGet);

    @Test
    void whenItsTimeComes_thenItRingsOnce() {
        alarm.setFrom(Ticker.system(), 0, 1);
        timer.tasks.get(0).run();
        timer.tasks.get(0).run();
        assertThat(rings).hasValue(1);
        assertThat(alarm.clear()).isFalse();
        assertThat(alarm.clear()).isTrue();
    }

    @Test
    void whenCleared_thenItsTaskIsTakenBackAndCannotRing() {
        alarm.set(1);
        Runnable task = timer.tasks.get(0);
        assertThat(alarm.clear()).isTrue();
        assertThat(timer.tasks).isEmpty();
        task.run();
        assertThat(rings).hasValue(0);
    }

    @Test
    void whenSetAgain_thenTheOldTaskCannotRing() {
        alarm.set(1);
        Runnable old = timer.tasks.get(0);
        alarm.clear();
        alarm.set(1);
        old.run();
        assertThat(rings).hasValue(0);
        alarm.release();
        alarm.release();
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void whenRingClearsItsAlarm_thenItDoesNotWaitForItself() {
        Alarm[] own = new Alarm[1];
        own[0] = timer.alarm(() -> {
            assertThat(own[0].clear()).isFalse();
            rings.incrementAndGet();
        });
        own[0].set(1);
        timer.tasks.get(0).run();
        assertThat(rings).hasValue(1);
    }

    private static final class TaskTimer implements Timer {

        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void sleep(long nanos) {}

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }
    }
}

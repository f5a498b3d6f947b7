package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SoonDueTests {

    private static final long NEVER = 1_000_000;

    private final SoonDue soonDue = new SoonDue();

    private final List<Long> rung = new ArrayList<>();

    @Test
    void whenThereAreMany_thenEachRingsOnceAtItsTime() {
        List<Long> times = new ArrayList<>();
        for (long time = 1; time <= 1_000; time++) {
            times.add(time);
        }
        Collections.shuffle(times, new Random(7));
        times.forEach(this::add);
        for (long now = 1; now <= 1_000; now++) {
            assertThat(soonDue.earliest(NEVER)).isEqualTo(now);
            soonDue.ring(now);
            assertThat(rung).hasSize((int) now).last().isEqualTo(now);
        }
        assertThat(soonDue.earliest(NEVER)).isEqualTo(NEVER);
    }

    @Test
    void whenAllAreRemoved_thenNoneIsDue() {
        add(5);
        soonDue.removeAll();
        assertThat(soonDue.earliest(NEVER)).isEqualTo(NEVER);
        soonDue.ring(NEVER);
        assertThat(rung).isEmpty();
    }

    private void add(long due) {
        Bell bell = new Bell(new ReferenceQueue<>());
        bell.does(() -> rung.add(due));
        bell.set(due);
        soonDue.add(bell.slot(), bell.slot().word(), due);
    }
}

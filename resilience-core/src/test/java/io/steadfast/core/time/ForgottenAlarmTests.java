package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class ForgottenAlarmTests {

    private static final long SECOND = 1_000_000_000L;

    private final HandWatchdog hand = new HandWatchdog();

    private final AtomicInteger rings = new AtomicInteger();

    @Test
    void whenThreadsThatKeptAlarmsAreDead_thenTheirAlarmsAreForgotten() throws Exception {
        ThreadLocal<Keeper> kept = ThreadLocal.withInitial(Keeper::new);
        List<WeakReference<Keeper>> keepers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Thread caller = new Thread(() -> {
                keepers.add(new WeakReference<>(kept.get()));
                kept.get().call();
            });
            caller.start();
            caller.join();
        }
        assertThat(hand.watchdog.size()).isEqualTo(20);

        await().untilAsserted(() -> {
            System.gc();
            hand.pass(10 * SECOND);
            assertThat(hand.watchdog.size()).isZero();
        });
        assertThat(keepers).hasSize(20).allMatch(keeper -> keeper.refersTo(null));
        assertThat(rings).hasValue(0);
    }

    @Test
    void whenSetAndForgotten_thenItRingsAllTheSameAndIsForgottenAfterwards() {
        WeakReference<Alarm> alarm = new WeakReference<>(hand.alarm(rings::incrementAndGet));
        alarm.get().set(SECOND);
        await().until(() -> {
            System.gc();
            return alarm.refersTo(null);
        });
        hand.pass(SECOND - 1);
        assertThat(rings).hasValue(0);
        hand.pass(1 + Watchdog.PAUSE);
        assertThat(rings).hasValue(1);
        awaitSize(0);
    }

    @Test
    void whenGivenBack_thenItIsKeptForTheNextButWhatItDidIsNot() {
        Runnable ring = new Runnable() {
            @Override
            public void run() {
                rings.incrementAndGet();
            }
        };
        WeakReference<Runnable> did = new WeakReference<>(ring);
        hand.alarm(ring).release();
        ring = null;
        await().until(() -> {
            System.gc();
            return did.refersTo(null);
        });
        hand.pass(10 * SECOND);
        assertThat(hand.watchdog.size()).isEqualTo(1);
    }

    @Test
    void whenSomeAreForgotten_thenTheOthersStillRing() {
        List<Alarm> remembered = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Alarm alarm = hand.alarm(rings::incrementAndGet);
            if (i % 3 == 0) {
                remembered.add(alarm);
            }
        }
        remembered.get(0).set(SECOND); // or nobody looks
        awaitSize(10);
        rings.set(0);
        remembered.forEach(Alarm::clear);
        remembered.forEach(alarm -> alarm.set(SECOND));
        hand.pass(SECOND + Watchdog.PAUSE);
        assertThat(rings).hasValue(10);
    }

    private void awaitSize(int size) {
        await().untilAsserted(() -> {
            System.gc();
            hand.pass(10 * SECOND);
            assertThat(hand.watchdog.size()).isEqualTo(size);
        });
    }

    /** As a thread keeps its alarm: what the alarm does refers back to the alarm. */
    private final class Keeper {

        private final Alarm alarm = hand.alarm(this::ring);

        private void call() {
            alarm.set(SECOND);
            alarm.clear();
        }

        private void ring() {
            rings.incrementAndGet();
        }
    }
}

package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real clock, a real watchdog, and many threads that give it no rest. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AlarmStressTests {

    private static final int CALLERS = 8;

    private static final int CALLS = 6_000;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void whenManyThreadsSetClearAndRelease_thenEverySettingRingsOnceOrIsCleared() throws Exception {
        Watchdog watchdog = new WatchdogThread(AlarmStressTests::daemon).watchdog();
        CountDownLatch ends = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            Timer.system()
                    .schedule(() -> new Caller(watchdog).call(ends), 0); // virtual threads, where the JVM has them
        }
        assertThat(ends.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void whenManyThreadsTakeAndGiveBack_thenThereAreAboutAsManyAsWereUsedAtOnce() throws Exception {
        Watchdog unwatched = new Watchdog(Ticker.system(), () -> {});
        CountDownLatch ends = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            Timer.system().schedule(() -> takeAndGiveBack(unwatched, 125_000, ends), 0);
        }
        assertThat(ends.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
        assertThat(unwatched.size()).isBetween(1, 3 * CALLERS);
    }

    @Test
    void whenClearedWhileItRings_thenClearingWaitsForTheEndOfTheRing() throws Exception {
        HandWatchdog hand = new HandWatchdog();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch clearing = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Alarm alarm = hand.alarm(() -> {
            begun.countDown();
            await(clearing);
            long until = Ticker.system().nanos() + TimeUnit.MILLISECONDS.toNanos(20);
            while (Ticker.system().nanos() - until < 0) {
                Thread.onSpinWait();
            }
            ended.set(true);
        });
        alarm.set(0);
        CompletableFuture<Void> ringing = CompletableFuture.runAsync(() -> hand.pass(Watchdog.PAUSE));
        await(begun);
        clearing.countDown();
        assertThat(alarm.clear()).isFalse();
        assertThat(ended).isTrue();
        ringing.get(20, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void takeAndGiveBack(Watchdog watchdog, int times, CountDownLatch end) {
        for (int i = 0; i < times; i++) {
            Alarm alarm = watchdog.alarm(() -> faults.add("rang, although an hour has not passed"));
            alarm.set(TimeUnit.HOURS.toNanos(1));
            if (!alarm.clear()) {
                faults.add("could not be cleared");
            }
            alarm.release();
        }
        end.countDown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "watchdog-under-stress");
        thread.setDaemon(true);
        return thread;
    }

    /** One that sets its alarm, does something for a moment, and clears it; now and then it takes another alarm. */
    private final class Caller implements Runnable {

        private final Watchdog watchdog;

        private volatile long due;

        private volatile boolean set;

        private volatile int rings;

        private volatile CountDownLatch rung = new CountDownLatch(1);

        private Alarm alarm;

        Caller(Watchdog watchdog) {
            this.watchdog = watchdog;
            this.alarm = watchdog.alarm(this);
        }

        void call(CountDownLatch end) {
            try {
                for (int i = 0; i < CALLS; i++) {
                    callOnce(ThreadLocalRandom.current());
                }
            } catch (Throwable broken) {
                faults.add(broken.toString());
            } finally {
                end.countDown();
            }
        }

        private void callOnce(ThreadLocalRandom random) throws InterruptedException {
            long delay = delay(random);
            rings = 0;
            rung = new CountDownLatch(1);
            due = Ticker.system().nanos() + delay;
            set = true;
            alarm.set(delay);
            if (delay < TimeUnit.SECONDS.toNanos(1) && random.nextInt(64) == 0) {
                if (!rung.await(20, TimeUnit.SECONDS)) {
                    faults.add("did not ring after " + delay);
                }
            } else {
                for (int work = random.nextInt(2_000); work > 0; work--) {
                    Thread.onSpinWait();
                }
            }
            boolean cleared = alarm.clear();
            if (cleared != (rings == 0)) {
                faults.add("cleared: " + cleared + ", rings: " + rings);
            }
            set = false;
            if (random.nextInt(8) == 0) {
                alarm.release();
                alarm = watchdog.alarm(this);
            }
        }

        private long delay(ThreadLocalRandom random) {
            return switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1, 2 -> random.nextLong(100_000);
                case 3, 4 -> random.nextLong(2_000_000);
                case 5 -> random.nextLong(150_000_000);
                case 6 -> random.nextLong(500_000_000);
                default -> TimeUnit.SECONDS.toNanos(10);
            };
        }

        @Override
        public void run() {
            if (!set) {
                faults.add("rang although cleared");
            }
            if (Ticker.system().nanos() - due < 0) {
                faults.add("rang too early");
            }
            int before = rings;
            rings = before + 1;
            rung.countDown();
        }
    }
}

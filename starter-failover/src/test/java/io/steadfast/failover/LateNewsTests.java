package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was begun before something else has happened must not undo that. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LateNewsTests {

    private static final PolicyId STOCK = new PolicyId(FailoverPolicy.KIND, "stock");

    private final ManualTimer timer = new ManualTimer();

    private static List<String> ids(FailoverPolicy policy) {
        return policy.pool().instances().stream()
                .map(state -> state.instance().id())
                .toList();
    }

    @Test
    void whenAnotherSourceTakesOverWhileTheOldOneAnswers_thenTheOldAnswerDoesNotOutliveIt() throws Exception {
        Ticker clock = timer.ticker();
        AtomicReference<Runnable> uponReading = new AtomicReference<>();
        Ticker ticker = () -> {
            Runnable once = Thread.currentThread().getName().startsWith("other") ? null : uponReading.getAndSet(null);
            if (once != null) {
                once.run();
            }
            return clock.nanos();
        };
        PolicyRuntime runtime = new PolicyRuntime(ticker, timer, ResilienceListener.NONE);
        AtomicReference<Runnable> whileAnswering = new AtomicReference<>(() -> {});
        FailoverPolicy policy = new FailoverPolicy(STOCK, Bench.inTurns().build(), runtime, () -> {
            whileAnswering.get().run();
            return Bench.instances("old");
        });
        FailoverPolicy next =
                policy.successor(Bench.inTurns().build(), runtime, InstanceSource.of(Bench.instances("new")));
        Thread other = new Thread(next::takeOver, "other source");
        // The first reading of the clock after the source has answered is where its list is about to be taken.
        whileAnswering.set(() -> uponReading.set(() -> {
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }));
        timer.advance(Duration.ZERO);
        other.join();

        assertThat(uponReading).hasValue(null);
        assertThat(ids(next)).containsExactly("new");
    }

    @Test
    void whenAListComesAtTheMomentTheLastOneIsDropped_thenItStays() {
        List<Runnable> tooLateToCancel = new ArrayList<>();
        Duration keep = Duration.ofMinutes(10);
        Timer noting = new Timer() {
            @Override
            public void sleep(long nanos) throws InterruptedException {
                timer.sleep(nanos);
            }

            @Override
            public Scheduled schedule(Runnable task, long delayNanos) {
                if (delayNanos == keep.toNanos()) {
                    tooLateToCancel.add(task);
                }
                return timer.schedule(task, delayNanos);
            }
        };
        FailoverPolicy policy = new FailoverPolicy(
                STOCK,
                Bench.inTurns().keepLastGood(keep).build(),
                new PolicyRuntime(timer.ticker(), noting, ResilienceListener.NONE),
                () -> Bench.instances("a"));
        timer.advance(Duration.ofMinutes(1));

        tooLateToCancel.get(0).run();

        assertThat(ids(policy)).containsExactly("a");
        policy.close();
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A guarded call that calls itself for ever. Nothing can promise that a permit comes back where there is no stack left to give it
 * back with: that is the innermost call's now and then, and never the thousands around it. What the thread knows comes back.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StackOverflowTests {

    private static final int OVERFLOWS = 30;

    private static final int LOST_PER_OVERFLOW = 5; // measured: up to 2, by where the compiler puts the frames

    private static final int STACK = 512 * 1024;

    private final CountingGate gate = new CountingGate();

    private static void overflow(Pipeline pipeline) {
        assertThat(catchThrowable(() -> recurse(pipeline))).isInstanceOf(StackOverflowError.class);
    }

    private static Object recurse(Pipeline pipeline) throws Exception {
        return pipeline.call(() -> recurse(pipeline));
    }

    private static int depth() {
        ThreadAlarms alarms = CallThread.current().alarms();
        ThreadAlarm next = alarms.enter(Timer.system());
        alarms.leave(next);
        return next.depth();
    }

    /** On a thread with a small stack, which fails the test if anything is left on it. */
    private void run(Pipeline pipeline) throws Exception {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    failure[0] = catchThrowable(() -> {
                        for (int i = 0; i < OVERFLOWS; i++) {
                            overflow(pipeline);
                            assertThat(Deadline.current()).isEmpty();
                            assertThat(CallThread.limitReached()).isFalse();
                            assertThat(Thread.interrupted()).isFalse();
                            assertThat(depth())
                                    .as("limits the thread is inside of")
                                    .isZero();
                        }
                    });
                },
                "overflow",
                STACK);
        thread.start();
        thread.join();
        assertThat(failure[0]).isNull();
    }

    @Test
    void whenThereAreLimits_thenTheThreadHasNoDeadlineAndNoInterruptAfterwards() throws Exception {
        run(Pipeline.of(
                "call",
                Policies.limit("total", Duration.ofHours(1)),
                Policies.retry(1),
                Policies.limit("attempt", Duration.ofHours(1))));
    }

    @Test
    void whenThereIsAGate_thenPermitsAreBackButForThoseAtTheVeryEndOfTheStack() throws Exception {
        run(Pipeline.of("call", gate));
        int lost = gate.acquired.get() - gate.settled();
        assertThat(lost).as("permits lost of " + gate.acquired).isBetween(0, LOST_PER_OVERFLOW * OVERFLOWS);
        assertThat(gate.acquired.get()).isGreaterThan(10 * LOST_PER_OVERFLOW * OVERFLOWS);
    }
}

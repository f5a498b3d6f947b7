package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose interrupt is whose, where limits nest, wait and meet those of others. Alarms ring on this thread, as time is moved. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InterruptOwnershipTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private Pipeline pipeline(String name, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named(name).runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static Policy limit(String which, long seconds) {
        return Policies.limit(which, Duration.ofSeconds(seconds));
    }

    private static void fromElsewhere() {
        Thread.currentThread().interrupt();
    }

    private void assertTimedOut(Pipeline pipeline, Callable<?> body) {
        assertThat(catchThrowable(() -> pipeline.call(body))).isInstanceOf(CallTimeoutException.class);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        Thread.interrupted();
        assertThat(CallThread.limitReached()).isFalse();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenBothLimitsRingAtOnce_thenTheFlagIsDownAfterwards() {
        assertTimedOut(pipeline("call", limit("total", 1), limit("attempt", 1)), () -> {
            timer.sleep(SECOND);
            return "never";
        });
        assertThat(Thread.interrupted()).isFalse();
        assertThat(journal.outcomes).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void whenTheLimitOfANestedCallRingsAlone_thenTheOuterCallGoesOnUndisturbed() throws Exception {
        Pipeline inner = pipeline("inner", limit("attempt", 1));
        Object answer = pipeline("outer", limit("total", 5)).call(() -> {
            assertTimedOut(inner, () -> {
                timer.sleep(9 * SECOND);
                return "never";
            });
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(CallThread.limitReached()).isFalse();
            timer.sleep(SECOND);
            return "ok";
        });
        assertThat(answer).isEqualTo("ok");
    }

    @Test
    void whenTheOuterLimitRingsInANestedCall_thenTheOuterBodyIsStillInterrupted() {
        Pipeline inner = pipeline("inner", Policies.retry(9), limit("attempt", 9));
        Throwable[] between = new Throwable[1];
        assertTimedOut(pipeline("outer", limit("total", 1)), () -> {
            assertTimedOut(inner, () -> {
                timer.sleep(9 * SECOND);
                return "never";
            });
            between[0] = catchThrowable(() -> timer.sleep(1));
            return "too late";
        });
        assertThat(between[0]).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(journal.kinds()).doesNotContain(Kind.RETRYING);
    }

    @Test
    void whenTheOuterLimitEndsTheWaitOfANestedCall_thenTheOuterBodyIsStillInterrupted() {
        Pipeline inner = pipeline("inner", new WaitingGate(Long.MAX_VALUE, true));
        boolean[] flag = new boolean[1];
        assertTimedOut(pipeline("outer", limit("total", 1)), () -> {
            assertThat(catchThrowable(() -> inner.call(() -> "never"))).isInstanceOf(DeadlineExceededException.class);
            flag[0] = Thread.currentThread().isInterrupted();
            return "too late";
        });
        assertThat(flag[0]).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whenTheTotalRingsAsARetryWaits_thenTheFlagIsDownAndTheLastFailureIsTold() {
        IOException down = new IOException("down");
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(timer, new LongSleep(timer), journal))
                .policy(limit("total", 2))
                .policy(Policies.retry(3))
                .build();
        Throwable thrown = catchThrowable(() -> pipeline.call(() -> {
            throw down;
        }));
        assertThat(thrown).isInstanceOf(CallTimeoutException.class).hasSuppressedException(down);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(journal.events)
                .filteredOn(event -> event.kind() == Kind.RETRY_ABANDONED)
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("time ran out while it waited"));
    }

    /** Oversleeps. */
    private record LongSleep(HandTimer timer) implements Timer {

        @Override
        public void sleep(long nanos) throws InterruptedException {
            timer.sleep(nanos * 100);
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return timer.schedule(task, delayNanos);
        }
    }

    @Test
    void whenSomebodyElseCameFirst_thenTheirInterruptSurvivesBothLimits() {
        assertTimedOut(pipeline("call", limit("total", 2), limit("attempt", 1)), () -> {
            fromElsewhere();
            timer.advance(SECOND);
            timer.advance(SECOND);
            return "too late";
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenTheTargetTakesBothInterruptsAsOne_thenTheOtherIsGivenBack() {
        assertTimedOut(pipeline("call", limit("attempt", 1)), () -> {
            fromElsewhere();
            timer.advance(SECOND);
            timer.sleep(1);
            return "never";
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenSomebodyElseInterruptsAfterOursWasThrown_thenTheirsIsKept() {
        assertTimedOut(pipeline("call", limit("attempt", 1)), () -> {
            try {
                timer.sleep(9 * SECOND);
                return "never";
            } finally {
                fromElsewhere();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenSomebodyElseInterruptsAsOursEndsAWait_thenTheirsIsKept() {
        WaitingGate gate = new WaitingGate(Long.MAX_VALUE, true) {
            @Override
            void withdrawn() {
                fromElsewhere(); // between the wait and the question whose interrupt that was
            }
        };
        assertThat(catchThrowable(
                        () -> pipeline("call", limit("total", 1), gate).call(() -> "never")))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whenTheClientWrapsOurInterruptAndSetsTheFlag_thenItIsDownAfterwards() {
        assertTimedOut(pipeline("call", limit("attempt", 1)), () -> {
            try {
                timer.sleep(9 * SECOND);
                return "never";
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IOException("closed", interrupt);
            }
        });
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whenSomebodyElseInterruptsInTime_thenItStaysTheirsAndIsNoTimeout() {
        CountingGate gate = new CountingGate();
        Throwable thrown =
                catchThrowable(() -> pipeline("call", limit("attempt", 1), gate).call(() -> {
                    fromElsewhere();
                    timer.sleep(SECOND / 2);
                    return "never";
                }));
        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenANestedCallIsInterruptedByTheOuterLimit_thenItHasFailedForItsOwnPoliciesToo() {
        CountingGate gate = new CountingGate();
        Pipeline inner = pipeline("inner", gate);
        assertTimedOut(
                pipeline("outer", limit("total", 1)),
                () -> inner.call(() -> {
                    timer.sleep(9 * SECOND);
                    return "never";
                }));
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.FAILURE, Outcome.TIMEOUT);
    }

    @Test
    void whenCallsAreMadeOnWorkersOfTheTimer_thenNoneLeavesAnInterruptBehind() {
        Pipeline real = Pipeline.of(
                "call",
                Policies.limit("total", Duration.ofMillis(3)),
                new Policies.Retry(9, 0, failure -> true),
                Policies.limit("attempt", Duration.ofMillis(1)));
        CompletableFuture<?>[] callers = new CompletableFuture<?>[8];
        for (int i = 0; i < callers.length; i++) {
            CompletableFuture<Void> caller = new CompletableFuture<>();
            callers[i] = caller;
            Timer.system().schedule(() -> call(real, caller), 0); // virtual threads, where the JVM has them
        }
        CompletableFuture.allOf(callers).join();
    }

    private static void call(Pipeline pipeline, CompletableFuture<Void> caller) {
        try {
            for (int round = 0; round < 30; round++) {
                int mode = round % 3;
                Throwable thrown = catchThrowable(() -> pipeline.call(() -> mode == 0 ? "ok" : hang(mode)));
                assertThat(Thread.interrupted()).as("round " + round).isFalse();
                assertThat(CallThread.limitReached()).isFalse();
                assertThat(Deadline.current()).isEmpty();
                if (mode != 0) {
                    assertThat(thrown).isInstanceOf(CallTimeoutException.class);
                }
            }
            caller.complete(null);
        } catch (Throwable failure) {
            caller.completeExceptionally(failure);
        }
    }

    private static Object hang(int mode) throws Exception {
        while (mode == 1 && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return new CompletableFuture<>().get();
    }
}

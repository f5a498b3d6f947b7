package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signal, cancellation, deadline and the longest wait meet on real threads: each place ends once, each permit is settled once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WaitRaceTests {

    private static final int ROUNDS = 3_000;

    private final Journal journal = new Journal();

    private final CountingGate outer = new CountingGate();

    private final WaitingGate gate = new WaitingGate(60_000, true);

    private final AtomicInteger entries = new AtomicInteger();

    /** Their limits reach from nothing to more than the longest wait, so that each end comes first now and then. */
    private final Pipeline[] pipelines = LongStream.rangeClosed(1, 10)
            .mapToObj(tenth -> pipeline(tenth * tenth * 1_000))
            .toArray(Pipeline[]::new);

    /** Every so manyth call has time, and is left alone, so that some get in on any machine. */
    private final Pipeline patient = pipeline(Duration.ofSeconds(30).toNanos());

    private static boolean isLeftAlone(int round) {
        return round % 25 == 0;
    }

    private Pipeline pipelineOf(int round) {
        return isLeftAlone(round) ? patient : pipelines[round % pipelines.length];
    }

    private Pipeline pipeline(long limitNanos) {
        return Pipeline.named("call")
                .runtime(PolicyRuntime.system().withListener(journal))
                .policy(outer)
                .policy(Policies.limit("total", Duration.ofNanos(limitNanos)))
                .policy(gate)
                .build();
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    private static void race(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            await(start);
            other.run();
        });
        await(start);
        one.run();
        second.join();
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private void assertAllEnded(int calls) {
        assertThat(journal.outcomes).as("calls that ended").hasSize(calls);
        assertThat(gate.endedTwice).as("places that ended twice").hasValue(0);
        assertThat(gate.waiting).isEmpty();
        assertThat(gate.permits.settled()).isEqualTo(gate.permits.acquired.get());
        assertThat(outer.settled()).isEqualTo(calls);
    }

    @Test
    void whenStagesWait_thenEachPlaceEndsOnce() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            boolean leftAlone = isLeftAlone(round);
            CompletableFuture<String> returned = pipelineOf(round).callAsync(() -> {
                entries.incrementAndGet();
                return CompletableFuture.completedFuture("ok");
            });
            race(gate::wake, () -> {
                if (!leftAlone) {
                    returned.cancel(true);
                }
            });
            returned.handle((result, failure) -> "ended").get(10, TimeUnit.SECONDS);
            assertAllEnded(round);
        }
        assertThat(entries.get()).isBetween(1, gate.claimed.get());
    }

    /** Two interrupts are one while nobody looks: where a limit has rung, somebody else's can go down in its own. */
    @Test
    void whenPlainCallsWait_thenEachPlaceEndsOnceAndInterruptsAreKeptApart() throws Exception {
        Thread caller = Thread.currentThread();
        AtomicInteger endedByLimit = new AtomicInteger();
        for (int round = 1; round <= ROUNDS; round++) {
            boolean interrupting = round % 2 == 0 && !isLeftAlone(round);
            Pipeline pipeline = pipelineOf(round);
            int before = endedByLimit.get();
            race(() -> enter(pipeline, endedByLimit), () -> {
                gate.wake();
                if (interrupting) {
                    caller.interrupt();
                }
            });
            boolean interrupted = Thread.interrupted();
            if (!interrupting || endedByLimit.get() == before) {
                assertThat(interrupted).as("flag after round " + round).isEqualTo(interrupting);
            }
            assertAllEnded(round);
        }
        assertThat(entries.get()).isBetween(1, gate.claimed.get());
    }

    private void enter(Pipeline pipeline, AtomicInteger endedByLimit) {
        Throwable failure = catchThrowable(() -> pipeline.call(entries::incrementAndGet));
        if (failure instanceof DeadlineExceededException || failure instanceof CallTimeoutException) {
            endedByLimit.incrementAndGet();
        } else if (failure != null) {
            assertThat(failure)
                    .isInstanceOf(CallRejectedException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }
}

package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Permit;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.CallModel;
import io.steadfast.test.CallRun;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.test.ScriptedTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that waits for its turn, in all call models: one driver parks, the others have themselves called back. */
class WaitingTests {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final ManualTimer timer = new ManualTimer();

    private final RecordingListener listener = new RecordingListener();

    private final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    private final ScriptedTarget target = new ScriptedTarget(timer).answers("ok");

    private final BulkheadPolicy bulkhead = bulkhead(null);

    private final Pipeline pipeline =
            Pipeline.named("stock").runtime(runtime).policy(bulkhead).build();

    private final Call holder = Call.of("holder");

    private BulkheadPolicy bulkhead(AdaptiveLimitConfig adaptive) {
        BulkheadConfig config = BulkheadConfig.builder()
                .maxConcurrentCalls(1)
                .maxWaitDuration(LONGEST)
                .adaptive(adaptive)
                .build();
        return new BulkheadPolicy(new PolicyId(BulkheadPolicy.KIND, "stock"), config, runtime);
    }

    @ParameterizedTest
    @EnumSource
    void whenAPermitComesBackInTime_thenTheCallRuns(CallModel model) {
        Permit taken = bulkhead.acquire(holder);
        long start = timer.ticker().nanos();
        timer.schedule(() -> taken.succeeded(holder, 0, "done"), A_WHILE.toNanos());

        CallRun run = model.play(pipeline, target, timer);

        assertThat(run.result()).isEqualTo("ok");
        assertThat(timer.ticker().nanos() - start).isEqualTo(A_WHILE.toNanos());
        assertThat(listener.outcomes()).containsExactly(Outcome.SUCCESS);
        assertEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenNoPermitComesBack_thenTheCallIsRefusedAfterTheLongestWait(CallModel model) {
        Permit taken = bulkhead.acquire(holder);
        long start = timer.ticker().nanos();

        CallRun run = model.play(pipeline, target, timer);

        assertThat(run.failure()).isInstanceOf(BulkheadFullException.class);
        assertThat(timer.ticker().nanos() - start).isEqualTo(LONGEST.toNanos());
        assertThat(target.entries()).isZero();
        taken.abandoned(holder);
        assertEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineComesFirst_thenTheWaitEndsThereAndTheCallIsRefused(CallModel model) throws Exception {
        Permit taken = bulkhead.acquire(holder);
        long start = timer.ticker().nanos();

        CallRun run = Deadline.in(A_WHILE, timer.ticker()).<CallRun>call(() -> model.begin(pipeline, target, timer));
        run.finish();

        assertThat(run.failure()).isInstanceOf(DeadlineExceededException.class);
        assertThat(timer.ticker().nanos() - start).isEqualTo(A_WHILE.toNanos());
        assertThat(target.entries()).isZero();
        taken.succeeded(holder, 0, "done");
        timer.advance(Duration.ZERO); // an alarm of that very moment has come too late, and does nothing
        assertEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallIsCancelledWhileItWaits_thenItNeverRunsAndLeavesNoTrace(CallModel model) {
        Permit taken = bulkhead.acquire(holder);

        model.playAndCancel(A_WHILE, pipeline, target, timer);

        assertThat(bulkhead.snapshot()).containsEntry("queued", 0);
        taken.succeeded(holder, 0, "done");
        timer.advance(LONGEST);
        assertThat(target.entries()).isZero();
        assertThat(listener.outcomes()).hasSize(1);
        assertEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void whenTheCallIsAsynchronous_thenNoThreadWaitsAndTheOneThatFreesThePlaceDoesNotRunIt(CallModel model) {
        Permit taken = bulkhead.acquire(holder);

        CallRun run = model.begin(pipeline, target, timer); // comes back although there is no room
        assertThat(bulkhead.snapshot()).containsEntry("queued", 1);
        taken.succeeded(holder, 0, "done");
        assertThat(target.entries()).isZero();
        assertThat(bulkhead.snapshot()).containsEntry("queued", 0).containsEntry("in-flight", 1);

        timer.advance(Duration.ZERO);
        assertThat(run.result()).isEqualTo("ok");
        assertEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheLimitIsAdaptive_thenTheWaitIsNoPartOfTheLatency(CallModel model) {
        BulkheadPolicy adaptive =
                bulkhead(AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT).withLimits(1, 1, 1));
        ScriptedTarget slow = new ScriptedTarget(timer).answersAfter(Duration.ofMillis(50), "ok");
        Pipeline waiting =
                Pipeline.named("stock").runtime(runtime).policy(adaptive).build();
        for (int i = 0; i < 10; i++) {
            Permit taken = adaptive.acquire(holder);
            timer.schedule(() -> taken.abandoned(holder), LONGEST.toNanos() / 2);
            assertThat(model.play(waiting, slow, timer).result()).isEqualTo("ok");
        }
        assertThat(adaptive.snapshot()).containsEntry("mean-latency-ms", 50.0).containsEntry("in-flight", 0);
    }

    private void assertEmpty() {
        assertThat(bulkhead.snapshot()).containsEntry("in-flight", 0).containsEntry("queued", 0);
        assertThat(timer.pendingTasks()).as("tasks left in the timer").isZero();
    }
}

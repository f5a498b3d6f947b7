package io.steadfast.test;

import static io.steadfast.test.WatchedGate.Settlement.ABANDONED;
import static io.steadfast.test.WatchedGate.Settlement.FAILED;
import static io.steadfast.test.WatchedGate.Settlement.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each {@link TimeLimit} has to keep, in all call models: work in time is left alone, work that takes longer is stopped
 * at the limit, and nothing stays behind. Extend it, and supply the limit.
 */
public abstract class TimeLimitContract {

    /** For subclasses. */
    protected TimeLimitContract() {}

    /**
     * The limit under test.
     *
     * @param runtime time and listener of the scenario
     * @return a new limit of {@link #length()} for each call
     */
    protected abstract TimeLimit limit(PolicyRuntime runtime);

    /**
     * How long the limit is.
     *
     * @return longer than a microsecond
     */
    protected abstract Duration length();

    @TestFactory
    final Stream<DynamicTest> whenTargetAnswersInTime_thenAnswerPasses() {
        return Scene.inAllModels(scene -> {
            scene.target.answersAfter(length().minusNanos(1), "ok");
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(limit(scene.runtime), gate);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(gate.settlements()).containsExactly(SUCCEEDED);
            assertThat(scene.target.cancellations()).isZero();
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetFailsInTime_thenFailurePasses() {
        return Scene.inAllModels(scene -> {
            IOException failure = new IOException("down");
            scene.target.fails(failure);
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(limit(scene.runtime), gate);
            assertThat(run.failure()).isSameAs(failure);
            assertThat(gate.settlements()).containsExactly(FAILED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetTakesLonger_thenItIsStoppedAtTheLimit() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            long start = scene.timer.ticker().nanos();
            CallRun run = scene.play(limit(scene.runtime), gate);
            assertThat(Duration.ofNanos(scene.timer.ticker().nanos() - start)).isEqualTo(length());
            assertThat(run.failure()).isInstanceOfSatisfying(CallTimeoutException.class, timeout -> {
                assertThat(timeout.callName()).isEqualTo(Scene.CALL);
                assertThat(timeout.limit()).isEqualTo(length());
            });
            assertThat(run.endings()).isEqualTo(1);
            assertThat(run.interruptedAfterwards())
                    .as("interrupt that leaked out")
                    .isFalse();
            assertThat(scene.target.cancellations()).isEqualTo(1);
            assertThat(gate.settlements()).containsExactly(FAILED);
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.TIMEOUT);
            assertThat(scene.listener.kinds()).containsExactly(Kind.TIMED_OUT);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenRetriedFromOutside_thenEachAttemptHasTheWholeTime() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs().hangs().answersAfter(length().minusNanos(1), "ok");
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(new FixedRetry(3), limit(scene.runtime), gate);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(gate.settlements()).containsExactly(FAILED, FAILED, SUCCEEDED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpInTime_thenCallIsCancelledAndNotTimedOut() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            scene.model.playAndCancel(
                    length().minusNanos(1),
                    scene.pipeline(limit(scene.runtime), gate).build(),
                    scene.target,
                    scene.timer);
            assertThat(gate.settlements()).containsExactly(ABANDONED);
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.CANCELLED);
            assertThat(scene.listener.events()).isEmpty();
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimerRejectsTasks_thenCallFailsWithoutEnteringTheTarget() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("never");
            scene.timer.rejectTasks();
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(gate, limit(scene.runtime));
            assertThat(run.failure()).isInstanceOf(RejectedExecutionException.class);
            assertThat(scene.target.entries()).isZero();
            assertThat(gate.settlements()).containsExactly(FAILED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }
}

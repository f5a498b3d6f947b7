package io.steadfast.test;

import static io.steadfast.test.WatchedGate.Settlement.ABANDONED;
import static io.steadfast.test.WatchedGate.Settlement.FAILED;
import static io.steadfast.test.WatchedGate.Settlement.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.TimeLimit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each {@link TimeLimit} has to keep, in all call models: work in time is left alone, work that takes longer is stopped
 * at the limit, the limit is the deadline of everything inside it, and nothing stays behind. Extend it, and supply the limit: one
 * that runs plain calls on their caller's thread, because a separate one does not live by manual time.
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

    @TestFactory
    final Stream<DynamicTest> whenTargetAsksForItsDeadline_thenItSeesTheLimit() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(limit(scene.runtime), gate);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(scene.target.timeSeen()).containsExactly(Optional.of(length()));
            assertThat(scene.target.timeSeenInContext())
                    .hasSize(scene.model == CallModel.MONO || scene.model == CallModel.FLUX ? 1 : 0)
                    .allMatch(Optional.of(length())::equals);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenADeadlineIsInherited_thenTheSmallerOfTheTwoCounts() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            Duration less = length().dividedBy(2);
            long start = scene.timer.ticker().nanos();
            CallRun run = under(less, scene, () -> scene.play(limit(scene.runtime), gate));
            assertThat(Duration.ofNanos(scene.timer.ticker().nanos() - start)).isEqualTo(less);
            assertThat(run.failure())
                    .isInstanceOfSatisfying(
                            CallTimeoutException.class,
                            timeout -> assertThat(timeout.limit()).isEqualTo(less));
            assertThat(scene.target.timeSeen()).containsExactly(Optional.of(less));
            assertThat(gate.settlements()).containsExactly(FAILED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenALongerDeadlineIsInherited_thenTheLimitCounts() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            WatchedGate gate = WatchedGate.open();
            under(length().multipliedBy(2), scene, () -> scene.play(limit(scene.runtime), gate));
            assertThat(scene.target.timeSeen()).containsExactly(Optional.of(length()));
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheInheritedDeadlineHasPassed_thenCallIsRefusedBeforeAnythingIsAsked() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("never");
            WatchedGate gate = WatchedGate.open();
            CallRun run = under(Duration.ZERO, scene, () -> scene.play(limit(scene.runtime), gate));
            assertThat(run.failure()).isInstanceOf(DeadlineExceededException.class);
            assertThat(scene.target.entries()).isZero();
            assertThat(gate.acquired()).isZero();
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.REFUSED);
            assertThat(scene.listener.kinds()).containsExactly(Kind.REFUSED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenARetrysWaitDoesNotFit_thenItFailsAtOnceAndSaysSo() {
        return Scene.inAllModels(scene -> {
            IOException failure = new IOException("down");
            scene.target.fails(failure);
            WatchedGate gate = WatchedGate.open();
            long start = scene.timer.ticker().nanos();
            CallRun run = scene.play(limit(scene.runtime), new FixedRetry(3, length()), gate);
            assertThat(scene.timer.ticker().nanos()).as("the time").isEqualTo(start);
            assertThat(run.failure()).isSameAs(failure);
            assertThat(failure.getSuppressed()).hasOnlyElementsOfType(DeadlineExceededException.class);
            assertThat(scene.target.entries()).isEqualTo(1);
            assertThat(scene.listener.kinds()).containsExactly(Kind.RETRY_ABANDONED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenARetrysWaitFits_thenTheNextAttemptHasTheRest() {
        return Scene.inAllModels(scene -> {
            Duration wait = length().minusNanos(1);
            scene.target.fails(new IOException("down")).answers("ok");
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(limit(scene.runtime), new FixedRetry(3, wait), gate);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(scene.target.timeSeen())
                    .isEqualTo(List.of(Optional.of(length()), Optional.of(Duration.ofNanos(1))));
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenAGatesWaitDoesNotFit_thenCallIsRefusedAtOnceAndThePlaceGivenUp() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("never");
            LateGate late = new LateGate(length());
            WatchedGate gate = WatchedGate.open();
            long start = scene.timer.ticker().nanos();
            CallRun run = scene.play(gate, limit(scene.runtime), late);
            assertThat(scene.timer.ticker().nanos()).as("the time").isEqualTo(start);
            assertThat(run.failure()).isInstanceOf(DeadlineExceededException.class);
            assertThat(late.withdrawn()).hasValue(1);
            assertThat(scene.target.entries()).isZero();
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.REFUSED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetHeedsBeingStopped_thenNothingCountsAsRunningOn() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedLimit limit = new WatchedLimit(limit(scene.runtime));
            WatchedGate gate = WatchedGate.open();
            scene.play(limit, gate);
            assertThat(limit.endedLate()).as("what has ended late").isEqualTo(limit.leftRunning());
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetCannotBeStopped_thenItIsATimeoutAndCountsUntilItEnds() {
        return Scene.inAllModels(scene -> {
            Duration late = length().multipliedBy(3);
            scene.target.answersUnstoppablyAfter(late, "too late");
            WatchedLimit limit = new WatchedLimit(limit(scene.runtime));
            WatchedGate gate = WatchedGate.open();
            long start = scene.timer.ticker().nanos();
            CallRun run = scene.play(limit, gate);
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(run.endings()).isEqualTo(1);
            assertThat(limit.leftRunning()).as("what was left running").isEqualTo(1);
            assertThat(limit.endedLate()).as("what has ended late").isEqualTo(scene.model == CallModel.STAGE ? 0 : 1);
            scene.timer.advance(late.minusNanos(scene.timer.ticker().nanos() - start));
            assertThat(limit.endedLate()).as("what has ended late").isEqualTo(1);
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.TIMEOUT);
            assertThat(run.interruptedAfterwards())
                    .as("interrupt that leaked out")
                    .isFalse();
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenALimitFurtherOutIsReachedToo_thenOneCallOnlyRunsOn() {
        return Scene.inAllModels(scene -> {
            scene.target.answersUnstoppablyAfter(length().multipliedBy(4), "too late");
            WatchedLimit outer = new WatchedLimit(new FixedLimit(length().multipliedBy(2)));
            WatchedLimit limit = new WatchedLimit(limit(scene.runtime));
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(outer, limit, gate);
            scene.timer.advance(length().multipliedBy(4));
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(run.interruptedAfterwards())
                    .as("interrupt that leaked out")
                    .isFalse();
            assertThat(outer.leftRunning() + limit.leftRunning())
                    .as("what was left running")
                    .isEqualTo(1);
            assertThat(outer.endedLate() + limit.endedLate())
                    .as("what has ended late")
                    .isEqualTo(1);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    private static CallRun under(Duration deadline, Scene scene, Callable<CallRun> play) {
        try {
            return Deadline.in(deadline, scene.timer.ticker()).call(play);
        } catch (Exception unexpected) {
            throw new AssertionError("Playing a call throws nothing", unexpected);
        }
    }
}

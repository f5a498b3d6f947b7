package io.steadfast.test;

import static io.steadfast.test.WatchedGate.Settlement.ABANDONED;
import static io.steadfast.test.WatchedGate.Settlement.FAILED;
import static io.steadfast.test.WatchedGate.Settlement.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Gate;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.WatchedGate.Settlement;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each {@link Gate} has to keep, in all call models: a permit is settled exactly once whatever happens, what was taken
 * is given back, and a refusal keeps calls away from the target. Extend it, and supply the gate.
 *
 * <pre>{@code
 * class TurnstileTests extends GateContract {
 *     protected Gate openGate(PolicyRuntime runtime) { return new Turnstile("door", 5); }
 *     protected Gate shutGate(PolicyRuntime runtime) { return new Turnstile("door", 0); }
 *     protected int permitsInUse(Gate gate) { return ((Turnstile) gate).inside(); }
 * }
 * }</pre>
 */
public abstract class GateContract {

    private static final Duration A_WHILE = Duration.ofMillis(1500);

    /** For subclasses. */
    protected GateContract() {}

    /**
     * A gate that lets at least three calls in, one after the other, however they end.
     *
     * @param runtime time and listener of the scenario
     * @return a new gate
     */
    protected abstract Gate openGate(PolicyRuntime runtime);

    /**
     * A gate that refuses each call.
     *
     * @param runtime time and listener of the scenario
     * @return a new gate
     */
    protected abstract Gate shutGate(PolicyRuntime runtime);

    /**
     * What calls have taken from the gate and not given back.
     *
     * @param gate a gate made by {@link #openGate} or {@link #shutGate}
     * @return the number of permits in use; 0 for a gate from which calls take nothing
     */
    protected abstract int permitsInUse(Gate gate);

    @TestFactory
    final Stream<DynamicTest> whenTargetAnswers_thenAnswerPassesAndPermitSucceeded() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            Door door = new Door(scene);
            CallRun run = scene.play(door.watched);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(run.endings()).isEqualTo(1);
            door.assertSettled(Outcome.SUCCESS, 1, SUCCEEDED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetFails_thenSameFailurePassesAndPermitFailed() {
        return Scene.inAllModels(scene -> endsWith(scene, new IOException("down")));
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetFailsWithError_thenErrorPassesAndPermitFailed() {
        return Scene.inAllModels(scene -> endsWith(scene, new NoClassDefFoundError("gone")));
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetsExecutorRejects_thenItIsAFailureLikeOthers() {
        return Scene.inAllModels(scene -> endsWith(scene, new RejectedExecutionException("pool is full")));
    }

    private void endsWith(Scene scene, Throwable failure) {
        scene.target.fails(failure);
        Door door = new Door(scene);
        CallRun run = scene.play(door.watched);
        assertThat(run.failure()).isSameAs(failure);
        assertThat(run.endings()).isEqualTo(1);
        door.assertSettled(Outcome.FAILURE, 1, FAILED);
    }

    @TestFactory
    final Stream<DynamicTest> whenFailureIsIgnoredByTheCall_thenPermitIsAbandoned() {
        return Scene.inAllModels(scene -> {
            IOException failure = new IOException("not found");
            scene.target.fails(failure);
            Door door = new Door(scene);
            CallRun run = scene.play(scene.pipeline(door.watched)
                    .ignoring(IOException.class::isInstance)
                    .build());
            assertThat(run.failure()).isSameAs(failure);
            door.assertSettled(Outcome.IGNORED, 1, ABANDONED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenGateRefuses_thenTargetIsNotEnteredAndNothingIsTaken() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("never");
            Gate shut = shutGate(scene.runtime);
            WatchedGate watched = WatchedGate.around(shut);
            CallRun run = scene.play(watched);
            assertThat(run.failure()).isInstanceOfSatisfying(CallRejectedException.class, refusal -> {
                assertThat(refusal.callName()).isEqualTo(Scene.CALL);
                assertThat(refusal.getMessage()).contains(Scene.CALL);
                assertThat(refusal.getStackTrace())
                        .as("stack trace of a refusal")
                        .isEmpty();
            });
            assertThat(watched.acquired()).isZero();
            assertThat(scene.target.entries()).isZero();
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.REFUSED);
            assertThat(permitsInUse(shut)).isZero();
            scene.assertNothingIsLeftBehind(watched);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenGateFurtherInRefuses_thenPermitIsSettledAndTargetNotEntered() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("never");
            Door door = new Door(scene);
            CallRun run = scene.play(door.watched, shutGate(scene.runtime));
            assertThat(run.failure()).isInstanceOf(CallRejectedException.class);
            door.assertSettled(Outcome.REFUSED, 0, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpWhileTargetRuns_thenPermitIsAbandonedAndWorkStopped() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            Door door = new Door(scene);
            scene.model.playAndCancel(A_WHILE, scene.pipeline(door.watched).build(), scene.target, scene.timer);
            assertThat(scene.target.cancellations()).isEqualTo(1);
            door.assertSettled(Outcome.CANCELLED, 1, ABANDONED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpAfterSuccess_thenItStaysASuccess() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            Door door = new Door(scene);
            CallRun run = scene.play(door.watched);
            run.cancel();
            assertThat(run.result()).isEqualTo("ok");
            door.assertSettled(Outcome.SUCCESS, 1, SUCCEEDED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenRetriedFromOutside_thenEachAttemptHasAPermitOfItsOwn() {
        return Scene.inAllModels(scene -> {
            scene.target.fails(new IOException("down")).answers("ok");
            Door door = new Door(scene);
            scene.timer.schedule(
                    () -> assertThat(permitsInUse(door.gate))
                            .as("held during the wait")
                            .isZero(),
                    1);
            CallRun run = scene.play(new FixedRetry(2), door.watched);
            assertThat(run.result()).isEqualTo("ok");
            door.assertSettled(Outcome.SUCCESS, 2, FAILED, SUCCEEDED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpWhileARetryWaits_thenNoPermitIsHeld() {
        return Scene.inAllModels(scene -> {
            scene.target.fails(new IOException("down"));
            Door door = new Door(scene);
            Duration duringTheWait = FixedRetry.WAIT.dividedBy(2);
            scene.model.playAndCancel(
                    duringTheWait,
                    scene.pipeline(new FixedRetry(3), door.watched).build(),
                    scene.target,
                    scene.timer);
            assertThat(scene.target.entries()).isEqualTo(1);
            assertThat(door.watched.settlements()).containsExactly(FAILED);
            door.assertBack();
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimerRejectsTheWait_thenFailureStandsAndPermitIsBack() {
        return Scene.inAsynchronousModels(scene -> {
            IOException failure = new IOException("down");
            scene.target.fails(failure);
            scene.timer.rejectTasks();
            Door door = new Door(scene);
            CallRun run = scene.play(new FixedRetry(3), door.watched);
            assertThat(run.failure()).isSameAs(failure);
            door.assertSettled(Outcome.FAILURE, 1, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimeRunsOutAroundTheGate_thenPermitFailed() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            Door door = new Door(scene);
            CallRun run = scene.play(new FixedLimit(A_WHILE), door.watched);
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(scene.target.cancellations()).isEqualTo(1);
            door.assertSettled(Outcome.TIMEOUT, 1, FAILED);
        });
    }

    /** The gate under test, with somebody who watches it. */
    private final class Door {

        final Gate gate;

        final WatchedGate watched;

        private final Scene scene;

        Door(Scene scene) {
            this.scene = scene;
            this.gate = openGate(scene.runtime);
            this.watched = WatchedGate.around(gate);
        }

        void assertSettled(Outcome outcome, int entries, Settlement... settlements) {
            assertThat(scene.listener.outcomes()).containsExactly(outcome);
            assertThat(scene.target.entries()).as("entries of the target").isEqualTo(entries);
            assertThat(watched.settlements()).containsExactlyElementsOf(List.of(settlements));
            assertBack();
        }

        void assertBack() {
            assertThat(permitsInUse(gate)).as("permits in use").isZero();
            scene.assertNothingIsLeftBehind(watched);
        }
    }
}

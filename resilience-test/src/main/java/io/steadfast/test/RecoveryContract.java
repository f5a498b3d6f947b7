package io.steadfast.test;

import static io.steadfast.test.WatchedGate.Settlement.ABANDONED;
import static io.steadfast.test.WatchedGate.Settlement.FAILED;
import static io.steadfast.test.WatchedGate.Settlement.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Recovery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What each {@link Recovery} has to keep, in all call models: it ends, it decides the same whatever the model, it leaves good
 * calls and given up ones alone, and it can judge anything. Extend it, and supply the recovery.
 */
public abstract class RecoveryContract {

    private static final Duration A_WHILE = Duration.ofMillis(1500);

    /** For subclasses. */
    protected RecoveryContract() {}

    /**
     * The recovery under test.
     *
     * @param runtime time and listener of the scenario
     * @return a new recovery that acts on {@link #recoverable()}
     */
    protected abstract Recovery recovery(PolicyRuntime runtime);

    /**
     * A failure that the recovery acts on.
     *
     * @return an {@link IOException} unless overridden; a new one each time
     */
    protected Throwable recoverable() {
        return new IOException("down");
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetAnswers_thenAnswerStands() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(recovery(scene.runtime), gate);
            assertThat(run.result()).isEqualTo("ok");
            assertThat(gate.settlements()).containsExactly(SUCCEEDED);
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.SUCCESS);
            assertThat(scene.listener.events()).isEmpty();
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetKeepsFailing_thenCallEndsTheSameInAllModels() {
        Ending plain = failing(CallModel.PLAIN);
        assertThat(plain.acted()).as("the recovery acts on " + recoverable()).isTrue();
        return Scene.inAllModels(scene ->
                assertThat(failing(scene.model)).usingRecursiveComparison().isEqualTo(plain));
    }

    private Ending failing(CallModel model) {
        Scene scene = Scene.of(model);
        scene.target.fails(recoverable());
        WatchedGate gate = WatchedGate.open();
        CallRun run = scene.play(recovery(scene.runtime), gate);
        assertThat(run.endings()).isEqualTo(1);
        assertThat(gate.settlements()).hasSize(scene.target.entries()).containsOnly(FAILED);
        scene.assertNothingIsLeftBehind(gate);
        return Ending.of(scene, run);
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetFailsOnce_thenCallEndsTheSameInAllModels() {
        Ending plain = failingOnce(CallModel.PLAIN);
        return Scene.inAllModels(scene ->
                assertThat(failingOnce(scene.model)).usingRecursiveComparison().isEqualTo(plain));
    }

    private Ending failingOnce(CallModel model) {
        Scene scene = Scene.of(model);
        scene.target.fails(recoverable()).answers("ok");
        WatchedGate gate = WatchedGate.open();
        CallRun run = scene.play(recovery(scene.runtime), gate);
        scene.assertNothingIsLeftBehind(gate);
        return Ending.of(scene, run);
    }

    @TestFactory
    final Stream<DynamicTest> whenFailureIsIgnoredByTheCall_thenItIsThrownAsItIs() {
        return Scene.inAllModels(scene -> {
            Throwable failure = recoverable();
            scene.target.fails(failure);
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(scene.pipeline(recovery(scene.runtime), gate)
                    .ignoring(ignored -> true)
                    .build());
            assertThat(run.failure()).isSameAs(failure);
            assertThat(scene.target.entries()).isEqualTo(1);
            assertThat(gate.settlements()).containsExactly(ABANDONED);
            assertThat(scene.listener.events()).isEmpty();
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpWhileTargetRuns_thenNothingIsRecovered() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            scene.model.playAndCancel(
                    A_WHILE, scene.pipeline(recovery(scene.runtime), gate).build(), scene.target, scene.timer);
            assertThat(scene.target.entries()).isEqualTo(1);
            assertThat(scene.listener.outcomes()).containsExactly(Outcome.CANCELLED);
            assertThat(scene.listener.events()).isEmpty();
            assertThat(gate.settlements()).containsExactly(ABANDONED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimeRunsOutAroundTheRecovery_thenItDoesNotActAgain() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(new FixedLimit(A_WHILE), recovery(scene.runtime), gate);
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(scene.target.entries()).isEqualTo(1);
            assertThat(gate.settlements()).containsExactly(FAILED);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimerRejectsTasks_thenCallEndsAllTheSame() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.fails(recoverable());
            scene.timer.rejectTasks();
            WatchedGate gate = WatchedGate.open();
            CallRun run = scene.play(recovery(scene.runtime), gate);
            assertThat(run.endings()).isEqualTo(1);
            assertThat(scene.target.entries()).isEqualTo(1);
            scene.assertNothingIsLeftBehind(gate);
        });
    }

    @Test
    final void whenAskedAboutAnything_thenItHasAVerdict() {
        Scene scene = Scene.of(CallModel.PLAIN);
        Recovery recovery = recovery(scene.runtime);
        Call call = Call.of(Scene.CALL, "argument", null);
        for (int attempt : List.of(1, 2, 3, 31, 32, 63, 64, 65, 1000, Integer.MAX_VALUE)) {
            assertThat(recovery.judge(call, attempt, null, null)).isNotNull();
            assertThat(recovery.judge(call, attempt, "result", null)).isNotNull();
            assertThat(recovery.judge(call, attempt, null, recoverable())).isNotNull();
            assertThat(recovery.judge(call, attempt, null, new StackOverflowError()))
                    .isNotNull();
        }
        assertThat(recovery.snapshot()).isNotNull();
    }

    /** What can be compared between models. */
    private record Ending(
            @Nullable Object result,
            String failure,
            int entries,
            List<Outcome> outcomes,
            List<?> events,
            boolean acted) {

        static Ending of(Scene scene, CallRun run) {
            boolean acted = !scene.listener.events().isEmpty();
            return new Ending(
                    run.result(),
                    String.valueOf(run.failure()),
                    scene.target.entries(),
                    scene.listener.outcomes(),
                    scene.listener.kinds(),
                    acted);
        }
    }
}

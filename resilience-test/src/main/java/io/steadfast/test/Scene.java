package io.steadfast.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.steadfast.core.Deadline;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyRuntime;
import org.junit.jupiter.api.DynamicTest;

/** The surroundings of one scenario in one call model: time, listener, target. Made anew for each. */
final class Scene {

    static final String CALL = "contract";

    final CallModel model;

    final ManualTimer timer = new ManualTimer();

    final RecordingListener listener = new RecordingListener();

    final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    final ScriptedTarget target = new ScriptedTarget(timer);

    private Scene(CallModel model) {
        this.model = model;
    }

    static Scene of(CallModel model) {
        return new Scene(model);
    }

    /** The same scenario in all call models. */
    static Stream<DynamicTest> inAllModels(Consumer<Scene> scenario) {
        return in(scenario, CallModel.values());
    }

    /** The same scenario in those models that block no thread. */
    static Stream<DynamicTest> inAsynchronousModels(Consumer<Scene> scenario) {
        return in(scenario, CallModel.STAGE, CallModel.MONO, CallModel.FLUX);
    }

    private static Stream<DynamicTest> in(Consumer<Scene> scenario, CallModel... models) {
        return Arrays.stream(models)
                .map(model -> DynamicTest.dynamicTest(model.name(), () -> scenario.accept(of(model))));
    }

    Pipeline.Builder pipeline(Policy... outermostFirst) {
        Pipeline.Builder builder = Pipeline.named(CALL).runtime(runtime);
        for (Policy policy : outermostFirst) {
            builder.policy(policy);
        }
        return builder;
    }

    CallRun play(Policy... outermostFirst) {
        return play(pipeline(outermostFirst).build());
    }

    CallRun play(Pipeline pipeline) {
        return model.play(pipeline, target, timer);
    }

    /** Nothing is left behind, whatever happened: no permit, no task, no interrupt, no deadline. */
    void assertNothingIsLeftBehind(WatchedGate gate) {
        assertThat(gate.unsettled()).as("permits that were never settled").isZero();
        assertThat(gate.settledAgain()).as("permits that were settled twice").isZero();
        assertThat(timer.pendingTasks()).as("tasks that are still queued").isZero();
        assertThat(Thread.interrupted())
                .as("interrupt that was not ours to leave")
                .isFalse();
        assertThat(Deadline.current()).as("deadline of a call that is over").isEmpty();
        assertThat(listener.outcomes()).as("outcomes told to the listener").hasSize(1);
        assertThat(listener.attempts()).as("attempts told to the listener").isEqualTo(target.entries());
    }
}

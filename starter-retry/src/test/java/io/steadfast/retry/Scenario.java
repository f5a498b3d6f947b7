package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.test.CallModel;
import io.steadfast.test.CallRun;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.test.ScriptedTarget;

/** A target with a script, a retry around it, a clock moved by hand, and notes of what happened when. */
final class Scenario {

    final ManualTimer timer = new ManualTimer();

    final RecordingListener listener = new RecordingListener();

    final List<Long> attemptsAtMillis = new ArrayList<>();

    final PolicyRuntime runtime =
            new PolicyRuntime(timer.ticker(), timer, ResilienceListener.all(List.of(listener, new Stopwatch())));

    final RetryPolicy policy;

    private final OutcomeReader reader;

    private final long startNanos = timer.ticker().nanos();

    Scenario(RetryConfig config) {
        this(config, OutcomeReader.NONE);
    }

    /** The same with somebody who understands outcomes. */
    Scenario(RetryConfig config, OutcomeReader reader) {
        this.reader = reader;
        policy = new RetryPolicy(new PolicyId("retry", "stock"), config, runtime);
    }

    /** Steady waits, so that times can be told in advance: 100 ms, 200 ms, 400 ms. */
    static RetryConfigBuilder steady() {
        return RetryConfig.builder().jitter(0);
    }

    Pipeline pipeline() {
        return Pipeline.named("stock")
                .policy(policy)
                .reader(reader)
                .runtime(runtime)
                .build();
    }

    /** Calls a target that throws, or else returns, one thing after the other; the last one for ever. */
    Object call(CallModel model, Object... script) throws Throwable {
        ScriptedTarget target = new ScriptedTarget(timer);
        for (Object line : script) {
            if (line instanceof Throwable failure) {
                target.fails(failure);
            } else {
                target.answers(line);
            }
        }
        CallRun run = model.play(pipeline(), target, timer);
        if (run.failure() != null) {
            throw run.failure();
        }
        return run.result();
    }

    /** Calls a target whose last word is a failure. */
    void fail(CallModel model, Object... script) {
        assertThatThrownBy(() -> call(model, script)).isSameAs(script[script.length - 1]);
    }

    int attempts() {
        return attemptsAtMillis.size();
    }

    private final class Stopwatch implements ResilienceListener {

        @Override
        public void attemptStarted(Call call) {
            attemptsAtMillis.add((timer.ticker().nanos() - startNanos) / 1_000_000);
        }
    }
}

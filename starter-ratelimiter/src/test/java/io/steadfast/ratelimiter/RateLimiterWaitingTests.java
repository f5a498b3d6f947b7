package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RateLimitedException;
import io.steadfast.test.CallModel;
import io.steadfast.test.CallRun;
import io.steadfast.test.ScriptedTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that wait for their permits, in all call models. */
class RateLimiterWaitingTests {

    private final Bench bench = new Bench(Bench.tenASecond().timeoutDuration(Duration.ofMillis(1500)));

    private final ScriptedTarget target = new ScriptedTarget(bench.timer).answers("found");

    private final Pipeline pipeline = Pipeline.named("geocoder")
            .policy(bench.limiter)
            .runtime(bench.runtime)
            .build();

    private final long startNanos = bench.timer.ticker().nanos();

    private Duration passed() {
        return Duration.ofNanos(bench.timer.ticker().nanos() - startNanos);
    }

    private void assertNobodyWaits() {
        bench.assertSnapshot("waiting", 0);
        assertThat(bench.timer.pendingTasks()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenPermitsAreDueLater_thenTheCallIsMadeWhenTheyAre(CallModel model) {
        bench.acquire(10);
        CallRun run = model.play(pipeline, target, bench.timer);
        assertThat(run.result()).isEqualTo("found");
        assertThat(passed()).isEqualTo(Duration.ofSeconds(1));
        bench.assertSnapshot("available", 9L);
        assertNobodyWaits();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitWouldBeTooLong_thenTheCallIsRefusedAtOnce(CallModel model) {
        bench.acquire(20);
        CallRun run = model.play(pipeline, target, bench.timer);
        assertThat(run.failure())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMillis(500)));
        assertThat(passed()).isZero();
        assertThat(target.entries()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineComesFirst_thenTheCallIsRefusedAtOnceAndItsPermitsAreFree(CallModel model) throws Exception {
        bench.acquire(10);
        CallRun run = Deadline.in(Duration.ofMillis(999), bench.timer.ticker())
                .call(() -> model.play(pipeline, target, bench.timer));
        assertThat(run.failure()).isInstanceOf(DeadlineExceededException.class);
        assertThat(passed()).isZero();
        assertThat(target.entries()).isZero();
        assertNobodyWaits();
        bench.advance(Duration.ofSeconds(1));
        bench.assertSnapshot("available", 10L);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineLeavesTimeForTheWait_thenTheCallIsMade(CallModel model) throws Exception {
        bench.acquire(10);
        CallRun run = Deadline.in(Duration.ofMillis(1001), bench.timer.ticker())
                .call(() -> model.play(pipeline, target, bench.timer));
        assertThat(run.result()).isEqualTo("found");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallerGivesUpWhileWaiting_thenTheTargetIsNeverEnteredAndThePermitIsFree(CallModel model) {
        bench.acquire(10);
        model.playAndCancel(Duration.ofMillis(400), pipeline, target, bench.timer);
        assertThat(target.entries()).isZero();
        assertNobodyWaits();
        bench.advance(Duration.ofSeconds(1));
        bench.assertSnapshot("available", 10L);
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that hand out a stage, entered on a thread of their own: for those that block before they do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeparateStageThreadTests {

    private final CountingGate gate = new CountingGate();

    private final CountDownLatch release = new CountDownLatch(1);

    private static Pipeline pipeline(Timer timer, Policy... policies) {
        Pipeline.Builder builder =
                Pipeline.named("call").runtime(new PolicyRuntime(Ticker.system(), timer, ResilienceListener.NONE));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @Test
    void whenTheMethodBlocks_thenItsCallerIsLetGoAndTheCallTimesOut() {
        CountingLimit limit = CountingLimit.onSeparateThread(Duration.ofMillis(20));
        CompletableFuture<Object> returned = pipeline(Timer.system(), limit, gate)
                .callAsync(() -> {
                    release.await();
                    return new CompletableFuture<>();
                });
        assertThat(returned)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CallTimeoutException.class);
        assertThat(limit.counts()).isEqualTo("1 left, 0 ended");
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        release.countDown();
        await().untilAsserted(() -> assertThat(limit.counts()).isEqualTo("1 left, 1 ended"));
    }

    @Test
    void whenTheMethodAnswers_thenItDidSoOnAnotherThreadUnderTheDeadline() {
        CountingLimit limit = CountingLimit.onSeparateThread(Duration.ofMinutes(5));
        CompletableFuture<Optional<Duration>> returned = pipeline(Timer.system(), limit, gate)
                .callAsync(() -> CompletableFuture.completedFuture(Deadline.remaining()));
        assertThat(returned.join()).hasValueSatisfying(left -> assertThat(left).isPositive());
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(limit.counts()).isEqualTo("0 left, 0 ended");
    }

    @Test
    void whenTheCallerCancelsBeforeTheThreadIsThere_thenTheTargetIsNotEntered() {
        HandTimer timer = new HandTimer();
        CompletableFuture<Object> returned = pipeline(
                        timer, CountingLimit.onSeparateThread(Duration.ofMinutes(5)), gate)
                .callAsync(() -> {
                    throw new AssertionError("entered");
                });
        returned.cancel(true);
        timer.advance(0);
        assertThat(returned).isCancelled();
        assertThat(gate.abandoned).hasValue(1);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenThereIsNoThread_thenTheCallIsRejected() {
        HandTimer full = new HandTimer();
        full.rejecting = true;
        CompletableFuture<Object> returned = pipeline(full, CountingLimit.onSeparateThread(Duration.ofMinutes(5)), gate)
                .callAsync(CompletableFuture::new);
        assertThat(returned.handle((result, failure) -> failure))
                .isCompletedWithValueMatching(RejectedExecutionException.class::isInstance);
        assertThat(gate.acquired).hasValue(0);
    }
}

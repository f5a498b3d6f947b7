package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class StageTests {

    private final HandTimer timer = new HandTimer();

    private final List<Outcome> outcomes = new ArrayList<>();

    private final CountingGate gate = new CountingGate();

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(new ResilienceListener() {
            @Override
            public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
                outcomes.add(outcome);
            }
        }));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @Test
    void whenReturnedFutureIsCancelled_thenUsersOwnIsCancelledAndPermitAbandoned() {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = pipeline(Policies.retry(3), gate).callAsync(() -> own);
        assertThat(returned.toCompletableFuture().cancel(true)).isTrue();
        assertThat(own).isCancelled();
        assertThat(returned).isCancelled();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenCancelledWhileARetryWaits_thenTheRetryIsTakenBack() {
        AtomicInteger entries = new AtomicInteger();
        CompletableFuture<String> returned = pipeline(Policies.retry(3), gate).callAsync(() -> {
            entries.incrementAndGet();
            return CompletableFuture.failedFuture(new IOException("down"));
        });
        assertThat(timer.pending()).isEqualTo(1);
        assertThat(returned.cancel(false)).isTrue();
        assertThat(timer.pending()).isZero();
        assertThat(entries).hasValue(1);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenCancelledAfterSuccess_thenNothingChanges() {
        CompletableFuture<String> returned = pipeline(gate).callAsync(() -> CompletableFuture.completedFuture("ok"));
        assertThat(returned.cancel(true)).isFalse();
        assertThat(returned).isCompletedWithValue("ok");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @Test
    void whenCancelComesWhileAnOutcomeIsUnderWay_thenEverybodyHearsThatOutcome() {
        IOException down = new IOException("down");
        CompletableFuture<String> own = new CompletableFuture<>();
        List<CompletableFuture<String>> returned = new ArrayList<>();
        CancellingGate inner = new CancellingGate(returned);
        returned.add(pipeline(gate, inner).callAsync(() -> own));
        own.completeExceptionally(down);
        assertThat(returned.get(0)).isCompletedExceptionally().isNotCancelled();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(outcomes).containsExactly(Outcome.FAILURE);
    }

    @Test
    void whenCallerHears_thenPermitIsSettledAndListenerHasHeard() {
        CompletableFuture<String> own = new CompletableFuture<>();
        List<String> heard = new ArrayList<>();
        pipeline(gate)
                .callAsync(() -> own)
                .whenComplete((result, failure) -> heard.add(gate.counts() + " " + outcomes));
        own.complete("ok");
        assertThat(heard).containsExactly("1 succeeded, 0 failed, 0 abandoned [SUCCESS]");
    }

    @Test
    void whenTimerRejectsTheWait_thenFailureStands() {
        timer.rejecting = true;
        IOException down = new IOException("down");
        CompletableFuture<String> returned =
                pipeline(Policies.retry(3), gate).callAsync(() -> CompletableFuture.failedFuture(down));
        assertThat(returned.handle((result, failure) -> failure)).isCompletedWithValue(down);
        assertThat(gate.failed).hasValue(1);
    }

    @Test
    void whenBodyReturnsNullOrThrows_thenItIsAFailedAttempt() {
        assertThat(pipeline(gate).callAsync(() -> null)).isCompletedExceptionally();
        assertThat(pipeline(gate).callAsync(() -> {
                    throw new IOException("down");
                }))
                .isCompletedExceptionally();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 2 failed, 0 abandoned");
    }

    @Test
    void whenTimeRunsOut_thenWorkIsCancelledAndEachAttemptCounts() {
        List<CompletableFuture<String>> own = new ArrayList<>();
        CompletableFuture<String> returned = pipeline(
                        Policies.retry(2), Policies.limit("attempt", Duration.ofSeconds(1)), gate)
                .callAsync(() -> {
                    own.add(new CompletableFuture<>());
                    return own.get(own.size() - 1);
                });
        timer.runAll();
        assertThat(own).hasSize(2).allMatch(CompletableFuture::isCancelled);
        assertThat(returned).isCompletedExceptionally();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 2 failed, 0 abandoned");
        assertThat(outcomes).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void whenCancelCodeThrows_thenPermitIsSettledAllTheSame() {
        CompletableFuture<String> own = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                throw new IllegalStateException("cancel is broken");
            }
        };
        CompletableFuture<String> returned = pipeline(gate).callAsync(() -> own);
        assertThat(returned.cancel(true)).isTrue();
        assertThat(gate.abandoned).hasValue(1);
    }

    /** Its permit cancels the call while the outcome passes through. */
    private record CancellingGate(List<CompletableFuture<String>> calls) implements Gate, Permit {

        @Override
        public PolicyId id() {
            return new PolicyId("cancelling", "test");
        }

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, Object result) {}

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            calls.get(0).cancel(true);
        }

        @Override
        public void abandoned(Call call) {}
    }
}

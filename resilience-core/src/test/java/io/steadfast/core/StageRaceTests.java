package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages that run beside each other: what their callers, and the policies around and inside, get to see. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StageRaceTests {

    private static final int ROUNDS = 3_000;

    private static final Duration DELAY = Duration.ofMillis(10);

    private final HandTimer timer = new HandTimer();

    private final CountingGate gate = new CountingGate();

    private final CountingGate outer = new CountingGate();

    private final List<CompletableFuture<String>> work = new CopyOnWriteArrayList<>();

    private CompletableFuture<String> begin() {
        CompletableFuture<String> begun = new CompletableFuture<>();
        work.add(begun);
        return begun;
    }

    private CompletableFuture<String> call(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build().callAsync(this::begin);
    }

    @Test
    void whenTheSecondAnswers_thenTheLoserHasSettledBeforeTheCallerHears() {
        List<String> counts = new ArrayList<>();
        CompletableFuture<String> answer = call(outer, Hedging.after(DELAY), gate);
        answer.thenAccept(got -> counts.add(gate.counts()));
        timer.runNext();
        work.get(1).complete("second");
        assertThat(answer).isCompletedWithValue("second");
        assertThat(counts).containsExactly("1 succeeded, 0 failed, 1 abandoned");
        assertThat(outer.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(work.get(0)).isCancelled();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenTheFirstAnswersInTime_thenNothingWaitsAnyMore() {
        CompletableFuture<String> answer = call(Hedging.after(DELAY), gate);
        work.get(0).complete("first");
        assertThat(answer).isCompletedWithValue("first");
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenALaneIsRetriedInside_thenOnlyThatLaneWaits() {
        CompletableFuture<String> answer = call(Hedging.after(DELAY), gate, Policies.retry(2));
        timer.runNext();
        work.get(0).completeExceptionally(new IOException("down"));
        work.get(1).complete("second");
        assertThat(answer).isCompletedWithValue("second");
        assertThat(work).hasSize(2);
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
        assertThat(timer.pending()).as("the wait of the loser").isZero();
    }

    @Test
    void whenTheCallerCancels_thenAnEarlierFailureOfALaneDoesNotReachThePoliciesAround() {
        CompletableFuture<String> answer = call(outer, Hedging.after(DELAY), gate);
        timer.runNext();
        work.get(0).completeExceptionally(new IOException("down"));
        answer.cancel(true);
        assertThat(answer).isCancelled();
        assertThat(work.get(1)).isCancelled();
        assertThat(outer.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 1 abandoned");
    }

    @Test
    void whenAFallbackLiesInside_thenTheCallIsSubstitutedIfThatLaneDecides() {
        Journal journal = new Journal();
        CompletableFuture<String> answer = Pipeline.named("call")
                .runtime(timer.runtime().withListener(journal))
                .policy(Hedging.after(DELAY))
                .policy(Policies.fallback(() -> "stand-in"))
                .build()
                .callAsync(this::begin);
        timer.runNext();
        work.get(1).completeExceptionally(new IOException("down"));
        assertThat(answer).isCompletedWithValue("stand-in");
        assertThat(journal.outcomes).containsExactly(Outcome.FALLBACK);
        assertThat(journal.attempts).hasValue(2);
    }

    @Test
    void whenALimitAroundEndsTheRace_thenEachStageThatGoesOnIsCounted() {
        CountingLimit limit = CountingLimit.of(DELAY.multipliedBy(3));
        CompletableFuture<String> answer = Pipeline.named("call")
                .runtime(timer.runtime())
                .policy(limit)
                .policy(Hedging.after(DELAY))
                .build()
                .callAsync(() -> begin().minimalCompletionStage());
        while (!answer.isDone()) {
            timer.runNext();
        }
        assertThat(answer).isCompletedExceptionally();
        assertThat(limit.left).hasValue(2);
        work.forEach(begun -> begun.complete("late"));
        assertThat(limit.ended).hasValue(2);
    }

    /** Real threads: both attempts answer and the caller cancels, all at once. */
    @Test
    void whenAllHappensAtOnce_thenEveryPermitIsSettledOnceAndTheCallEnds() throws Exception {
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), ResilienceListener.NONE))
                .policy(outer)
                .policy(Hedging.after(Duration.ZERO).upTo(2))
                .policy(gate)
                .build();
        for (int round = 0; round < ROUNDS; round++) {
            work.clear();
            CompletableFuture<String> answer = pipeline.callAsync(this::begin);
            boolean cancels = round % 2 == 0;
            atOnce(() -> work.get(0).complete("first"), () -> work.forEach(begun -> begun.complete("any")), () -> {
                if (cancels) {
                    answer.cancel(true);
                }
            });
            work.forEach(begun -> begun.complete("last"));
            answer.handle((got, failure) -> got).get(10, TimeUnit.SECONDS); // an attempt may just be about to start
            assertThat(outer.settled()).isEqualTo(round + 1);
        }
        assertThat(outer.acquired).hasValue(ROUNDS);
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
    }

    private static void atOnce(Runnable... parts) {
        CyclicBarrier start = new CyclicBarrier(parts.length);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Runnable part : parts) {
            running.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            start.await();
                        } catch (Exception broken) {
                            throw new AssertionError(broken);
                        }
                        part.run();
                    },
                    task -> new Thread(task).start()));
        }
        running.forEach(CompletableFuture::join);
    }
}

package io.steadfast.timeout.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** {@code @Timeout} on methods that return a stage. */
class StageMethodTests {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private static final String COMPLETE =
            "INFO Call 'stock' has a time limit, but returned a stage that was already complete: its work was done on the"
                    + " caller's thread";

    private final ApplicationContextRunner application =
            Application.with(Stock.class).withPropertyValues("resilience.timeout.instances.stock.limit=800ms");

    private final CoreLog log = new CoreLog();

    @AfterEach
    void closeTheLog() {
        log.close();
    }

    @Test
    void whenTheTimeIsUp_thenTheMethodsOwnFutureIsCancelled() {
        application.run(context -> {
            ManualTimer timer = context.getBean(ManualTimer.class);
            CompletableFuture<Integer> own = new CompletableFuture<>();
            CompletableFuture<Integer> answer = context.getBean(Stock.class).future(own);

            timer.advance(LIMIT.minusNanos(1));
            assertThat(answer).isNotDone();
            timer.advance(Duration.ofNanos(1));

            assertThat(own).isCancelled();
            timedOut(answer);
            assertThat(timer.pendingTasks()).isZero();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.TIMEOUT);
        });
    }

    @Test
    void whenTheMethodReturnsAStage_thenItIsCancelledAlike() {
        application.run(context -> {
            CompletableFuture<Integer> own = new CompletableFuture<>();
            CompletionStage<Integer> answer = context.getBean(Stock.class).stage(own);

            context.getBean(ManualTimer.class).advance(LIMIT);

            assertThat(own).isCancelled();
            timedOut(answer.toCompletableFuture());
        });
    }

    @Test
    void whenTheStageCompletesInTime_thenItsOutcomePassesAndNoTimerIsLeft() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);
            ManualTimer timer = context.getBean(ManualTimer.class);
            CompletableFuture<Integer> good = new CompletableFuture<>();
            CompletableFuture<Integer> bad = new CompletableFuture<>();
            IOException down = new IOException("down");

            CompletableFuture<Integer> answer = stock.future(good);
            CompletableFuture<Integer> failure = stock.future(bad);
            good.complete(7);
            bad.completeExceptionally(down);

            assertThat(answer).isCompletedWithValue(7);
            assertThat(failure).isCompletedExceptionally();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(failure::get)
                    .havingCause()
                    .isSameAs(down);
            assertThat(timer.pendingTasks()).isZero();
        });
    }

    @Test
    void whenTheStageCannotBeCancelled_thenItsCallerIsLetGoAndItCountsAsStillRunningUntilItEnds() {
        application.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            CompletableFuture<Integer> own = new CompletableFuture<>();
            CompletionStage<Integer> answer = context.getBean(Stock.class).stage(own.minimalCompletionStage());

            context.getBean(ManualTimer.class).advance(LIMIT);

            timedOut(answer.toCompletableFuture());
            assertThat(own).isNotDone();
            assertThat(Application.stillRunning(meters, "stock")).isEqualTo(1);
            own.complete(7);
            assertThat(Application.stillRunning(meters, "stock")).isZero();
        });
    }

    @Test
    void whenTheCallerCancels_thenTheMethodsOwnFutureIsCancelledAndNothingTimesOut() {
        application.run(context -> {
            CompletableFuture<Integer> own = new CompletableFuture<>();
            CompletableFuture<Integer> answer = context.getBean(Stock.class).future(own);

            answer.cancel(true);

            assertThat(own).isCancelled();
            assertThat(context.getBean(ManualTimer.class).pendingTasks()).isZero();
            assertThat(context.getBean(RecordingListener.class).outcomes()).containsExactly(Outcome.CANCELLED);
            assertThat(context.getBean(RecordingListener.class).events()).isEmpty();
        });
    }

    @Test
    void whenAStageIsCompleteAsItIsReturned_thenTheLogPointsItOutOnce() {
        application.run(context -> {
            Stock stock = context.getBean(Stock.class);

            assertThat(stock.future(CompletableFuture.completedFuture(7))).isCompletedWithValue(7);
            assertThat(stock.future(CompletableFuture.completedFuture(8))).isCompletedWithValue(8);

            assertThat(log.messages()).singleElement().asString().startsWith(COMPLETE);
        });
    }

    @Test
    void whenACompleteStageRefusesToBeAsked_thenItIsPointedOutAllTheSame() {
        application.run(context -> {
            CompletionStage<Integer> answer = context.getBean(Stock.class).stage(CompletableFuture.completedStage(7));

            assertThat(answer.toCompletableFuture()).isCompletedWithValue(7);
            assertThat(log.messages()).singleElement().asString().startsWith(COMPLETE);
            assertThat(context.getBean(ManualTimer.class).pendingTasks()).isZero();
        });
    }

    @Test
    void whenAStageCompletesLater_thenTheLogSaysNothing() {
        application.run(context -> {
            CompletableFuture<Integer> own = new CompletableFuture<>();
            context.getBean(Stock.class).future(own);
            own.complete(7);

            assertThat(log.messages()).isEmpty();
        });
    }

    private static void timedOut(CompletableFuture<?> answer) {
        assertThat(answer).isCompletedExceptionally().isNotCancelled();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(answer::get)
                .havingCause()
                .isInstanceOf(CallTimeoutException.class)
                .withMessage("Call 'stock' did not answer within its limit of 800 ms");
    }

    static class Stock {

        @Timeout("stock")
        public CompletableFuture<Integer> future(CompletableFuture<Integer> own) {
            return own;
        }

        @Timeout("stock")
        public CompletionStage<Integer> stage(CompletionStage<Integer> own) {
            return own;
        }
    }
}

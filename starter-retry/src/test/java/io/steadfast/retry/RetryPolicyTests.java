package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Outcome;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.RetryAfter;
import io.steadfast.test.CallModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Attempts, waits and limits, each in all call models. */
class RetryPolicyTests {

    private final IOException failure = new IOException("connection reset");

    @ParameterizedTest
    @EnumSource
    void whenTheFirstAttemptSucceeds_thenThereIsNoOther(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(RetryConfig.defaults());

        assertThat(scenario.call(model, "answer")).isEqualTo("answer");

        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenAttemptsFail_thenWaitsGrowUntilOneSucceeds(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().maxAttempts(4).build());

        assertThat(scenario.call(model, failure, failure, failure, "answer")).isEqualTo("answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 100L, 300L, 700L);
        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRYING, Kind.RETRYING, Kind.RETRYING);
        assertThat(scenario.listener.outcomes()).containsExactly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void whenAllAttemptsFail_thenTheLastFailureIsThrownAsItselfWithTheEarlierOnesSuppressed(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady().build());
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        IOException last = new IOException("last");

        Throwable thrown = catchThrowable(() -> scenario.call(model, first, second, last));

        assertThat(thrown).isSameAs(last).hasSuppressedException(first).hasSuppressedException(second);
        assertThat(scenario.attempts()).isEqualTo(3);
        PolicyEvent end = scenario.listener.events().get(2);
        assertThat(end.kind()).isEqualTo(Kind.RETRIES_EXHAUSTED);
        assertThat(end.detail()).isEqualTo("attempt 3 was the last of 3");
        assertThat(end.failure()).isSameAs(last);
        assertThat(end.call()).isEqualTo("stock");
    }

    @ParameterizedTest
    @EnumSource
    void whenOneAttemptIsAllowed_thenNothingIsRetried(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady().maxAttempts(1).build());

        assertThat(catchThrowable(() -> scenario.call(model, failure)))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();

        assertThat(scenario.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitIsZero_thenTheNextAttemptComesAtOnce(CallModel model) throws Throwable {
        Scenario scenario =
                new Scenario(RetryConfig.builder().waitDuration(Duration.ZERO).build());

        scenario.call(model, failure, failure, "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 0L, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void whenACallTimesOut_thenItIsRetriedLikeAnyFailure(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().build());

        assertThat(scenario.call(model, new CallTimeoutException("stock", Duration.ofSeconds(1)), "answer"))
                .isEqualTo("answer");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheNextWaitWouldEndAfterTheMaxDuration_thenTheFailureStandsAndTheListenerHearsWhy(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady()
                .maxAttempts(10)
                .maxDuration(Duration.ofMillis(600))
                .build());

        assertThat(catchThrowable(() -> scenario.call(model, failure))).isSameAs(failure);

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 100L, 300L); // the next one would be at 700
        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRYING, Kind.RETRYING, Kind.RETRY_ABANDONED);
        assertThat(scenario.listener.events().get(2).detail())
                .isEqualTo("attempt 3 failed, and a wait of 400 ms would end after the max-duration of 600 ms");
        assertThat(scenario.policy.budget().orElseThrow().retries()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheNextWaitEndsExactlyAtTheMaxDuration_thenItIsMade(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady()
                .maxAttempts(10)
                .maxDuration(Duration.ofMillis(300))
                .build());

        scenario.fail(model, failure);

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 100L, 300L);
    }

    @Test
    void whenThereIsNoMaxDuration_thenTheClockIsNotAskedFor() {
        assertThat(new Scenario(RetryConfig.defaults()).policy.timed()).isFalse();
        assertThat(new Scenario(RetryConfig.builder()
                                .maxDuration(Duration.ofSeconds(1))
                                .build())
                        .policy.timed())
                .isTrue();
    }

    @Test
    void whenAStreamMayBeRetriedAfterElements_thenThePolicySaysSo() {
        assertThat(new Scenario(RetryConfig.defaults()).policy.afterFirstElement())
                .isFalse();
        assertThat(new Scenario(RetryConfig.builder().afterElements(true).build()).policy.afterFirstElement())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // which has no single result to look at
    void whenTheResultPredicateSaysYes_thenTheResultIsRetriedAndTheLastOneReturned(CallModel model) throws Throwable {
        Scenario scenario =
                new Scenario(Scenario.steady().resultPredicate("busy"::equals).build());

        assertThat(scenario.call(model, "busy", "done")).isEqualTo("done");
        assertThat(scenario.call(model, "busy")).isEqualTo("busy");

        assertThat(scenario.attempts()).isEqualTo(2 + 3);
        assertThat(scenario.listener.kinds()).endsWith(Kind.RETRIES_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // which has no single result to look at
    void whenTheResultPredicateThrows_thenTheResultIsReturnedAndTheCallCounted(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady()
                .resultPredicate(result -> {
                    throw new IllegalStateException("broken predicate");
                })
                .build());

        assertThat(scenario.call(model, "answer")).isEqualTo("answer");

        assertThat(scenario.listener.kinds()).containsExactly(Kind.POLICY_FAILED);
        assertThat(scenario.policy.budget().orElseThrow().calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAFailureSaysWhenToComeBack_thenTheRetryWaitsThatLongInsteadOfItsOwnTime(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().maxAttempts(4).build());

        scenario.call(
                model, new Busy(Duration.ofMillis(30)), new Busy(Duration.ofSeconds(-1)), new Busy(null), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 30L, 30L, 430L); // the silent one leaves it to us
    }

    @ParameterizedTest
    @EnumSource
    void whenACauseSaysWhenToComeBack_thenTheRetryWaitsThatLong(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().build());

        scenario.call(model, new IllegalStateException(new IOException(new Busy(Duration.ofMillis(700)))), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 700L);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // which has no single result to look at
    void whenAResultSaysWhenToComeBack_thenTheRetryWaitsThatLong(CallModel model) throws Throwable {
        RetryAfter later = () -> Optional.of(Duration.ofMillis(250));
        Scenario scenario = new Scenario(
                Scenario.steady().resultPredicate(RetryAfter.class::isInstance).build());

        scenario.call(model, later, "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 250L);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTargetAsksForMoreThanTheCap_thenTheRetryWaitsForTheCap(CallModel model) throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().build());

        scenario.call(model, new Busy(Duration.ofDays(365_000_000)), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 5000L);
    }

    @Test
    void whenACallIsCancelledWhileItWaits_thenThereIsNoFurtherAttemptAndNoTimerTaskLeft() {
        Scenario scenario = new Scenario(Scenario.steady().build());
        CompletableFuture<Object> future = scenario.pipeline().callAsync(() -> CompletableFuture.failedStage(failure));
        assertThat(scenario.timer.pendingTasks()).isEqualTo(1);

        future.cancel(true);
        scenario.timer.advance(Duration.ofSeconds(10));

        assertThat(scenario.timer.pendingTasks()).isZero();
        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.outcomes()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenAPolicyIsMadeForPlainJava_thenItsIdIsItsKindAndName() {
        RetryPolicy policy = RetryPolicy.of("stock", RetryConfig.defaults());

        assertThat(policy.id()).hasToString("retry 'stock'");
        assertThat(policy.config()).isSameAs(RetryConfig.defaults());
    }

    @Test
    void whenThereIsABudget_thenTheSnapshotShowsItInAStableOrder() throws Throwable {
        Scenario scenario = new Scenario(Scenario.steady().build());
        scenario.call(CallModel.PLAIN, failure, "answer");

        assertThat(scenario.policy.snapshot().entrySet().stream().map(Object::toString))
                .containsExactly("budget-balance=99", "budget-calls=1", "budget-retries=1");
        assertThat(new Scenario(Scenario.steady().withoutBudget().build()).policy.snapshot())
                .isEmpty();
    }

    /** A failure that says when to come back, or does not. */
    private static final class Busy extends RuntimeException implements RetryAfter {

        private final transient Duration after;

        Busy(Duration after) {
            this.after = after;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(after);
        }
    }
}

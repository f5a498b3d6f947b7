package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallRejectedException;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.RetryBudget;
import io.steadfast.core.Verdict;
import io.steadfast.test.CallModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is retried, and what is not. */
class RetryableFailuresTests {

    @ParameterizedTest
    @EnumSource
    void whenNothingIsListed_thenEveryExceptionIsRetried(CallModel model) {
        assertThat(attempts(model, RetryConfig.builder(), new IOException())).isEqualTo(3);
        assertThat(attempts(model, RetryConfig.builder(), new IllegalStateException()))
                .isEqualTo(3);
        assertThat(attempts(model, RetryConfig.builder(), new RejectedExecutionException("not ours")))
                .isEqualTo(3);
    }

    @Test
    void whenAThrowableIsNeitherExceptionNorError_thenItIsRetriedOnlyIfListed() {
        Throwable exotic = new Throwable("exotic");

        assertThat(new RetryableFailures(RetryConfig.defaults().failures()).contains(exotic, null))
                .isFalse();
        assertThat(new RetryableFailures(listing(Throwable.class).build().failures()).contains(exotic, null))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whenExceptionsAreListed_thenOnlyThoseAndTheirSubclassesAreRetried(CallModel model) {
        RetryConfigBuilder config = listing(IOException.class);

        assertThat(attempts(model, config, new ConnectException())).isEqualTo(3);
        assertThat(attempts(model, config, new IllegalStateException())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnExceptionIsListed_thenItIsFoundDownTheCauseChain(CallModel model) {
        Throwable wrapped = new IllegalStateException(new RuntimeException(new ConnectException()));

        assertThat(attempts(model, listing(IOException.class), wrapped)).isEqualTo(3);
        assertThat(attempts(model, RetryConfig.builder().ignoreExceptions(IOException.class), wrapped))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenBothListsFit_thenIgnoreWins(CallModel model) {
        RetryConfigBuilder config = listing(IOException.class).ignoreExceptions(FileNotFoundException.class);

        assertThat(attempts(model, config, new FileNotFoundException())).isEqualTo(1);
        assertThat(attempts(model, config, new ConnectException())).isEqualTo(3);
        assertThat(attempts(model, config, new IOException(new FileNotFoundException())))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnErrorIsThrown_thenItIsRetriedOnlyIfListedKnowingly(CallModel model) {
        Error error = new AssertionError("broken");

        assertThat(attempts(model, RetryConfig.builder(), error)).isEqualTo(1);
        assertThat(attempts(model, listing(Exception.class), error)).isEqualTo(1);
        assertThat(attempts(model, listing(AssertionError.class), error)).isEqualTo(3);
        assertThat(attempts(model, listing(Error.class), error)).isEqualTo(3);
        assertThat(attempts(model, listing(Throwable.class), error)).isEqualTo(3);
        assertThat(attempts(model, listing(Throwable.class).ignoreExceptions(AssertionError.class), error))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnErrorHasAListedExceptionAsItsCause_thenItIsStillAnError(CallModel model) {
        Error error = new ExceptionInInitializerError(new IOException());

        assertThat(attempts(model, listing(IOException.class), error)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheJvmIsInTrouble_thenNothingIsRetried(CallModel model) {
        assertThat(attempts(model, listing(Throwable.class), new StackOverflowError()))
                .isEqualTo(1);
        assertThat(attempts(model, listing(Error.class), new OutOfMemoryError()))
                .isEqualTo(1);
    }

    @Test
    void whenACallIsInterruptedOrCancelled_thenItIsNotRetriedAndNotCounted() {
        RetryPolicy policy = new Scenario(listing(Throwable.class).build()).policy;
        Call call = Call.of("stock");

        assertThat(policy.judge(call, 1, null, new InterruptedException())).isEqualTo(Verdict.keep());
        assertThat(policy.judge(call, 1, null, new CancellationException())).isEqualTo(Verdict.keep());

        assertThat(policy.budget().orElseThrow().calls()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsRefused_thenItIsRetriedOnlyIfRefusalsAreListedByName(CallModel model) {
        CallRejectedException refusal = new RateLimitedException("stock", Duration.ofMillis(10));

        assertThat(attempts(model, RetryConfig.builder(), refusal)).isEqualTo(1);
        assertThat(attempts(model, listing(Exception.class), refusal)).isEqualTo(1);
        assertThat(attempts(model, listing(RejectedExecutionException.class), refusal))
                .isEqualTo(1);
        assertThat(attempts(model, listing(BulkheadFullException.class), refusal))
                .isEqualTo(1);
        assertThat(attempts(model, listing(RateLimitedException.class), refusal))
                .isEqualTo(3);
        assertThat(attempts(model, listing(CallRejectedException.class), refusal))
                .isEqualTo(3);
        assertThat(attempts(
                        model,
                        listing(CallRejectedException.class).ignoreExceptions(RateLimitedException.class),
                        refusal))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAListedRefusalIsRetried_thenTheWaitIsTheLongerOfBackoffAndHint(CallModel model) {
        RetryConfigBuilder config = Scenario.steady().retryExceptions(CallRejectedException.class);
        Scenario scenario = new Scenario(config.build());

        scenario.fail(
                model,
                new RateLimitedException("stock", Duration.ofMillis(700)), // longer than 100 ms
                new RateLimitedException("stock", Duration.ofMillis(50)), // shorter than 200 ms
                new IllegalStateException());

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 700L, 900L);
    }

    @ParameterizedTest
    @EnumSource
    void whenARefusalIsRetried_thenTheBudgetIsUntouched(CallModel model) {
        Scenario scenario = new Scenario(listing(CallRejectedException.class).build());

        scenario.fail(model, new RateLimitedException("stock", null));

        RetryBudget budget = scenario.policy.budget().orElseThrow();
        assertThat(scenario.attempts()).isEqualTo(3);
        assertThat(budget.calls()).isZero();
        assertThat(budget.retries()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenARefusalStopsTheRetrying_thenTheCallerGetsTheTargetsOwnFailure(CallModel model) {
        Scenario scenario = new Scenario(Scenario.steady().build());
        IOException failure = new IOException("connection reset");
        CallRejectedException refusal = new RateLimitedException("stock", null);

        Throwable thrown = catchThrowable(() -> scenario.call(model, failure, refusal));

        assertThat(thrown).isSameAs(failure).hasSuppressedException(refusal);
        assertThat(scenario.attempts()).isEqualTo(2);
    }

    @Test
    void whenACauseChainIsCyclic_thenTheSearchEnds() {
        IOException one = new IOException("one");
        IOException two = new IOException("two", one);
        one.initCause(two);

        assertThat(attempts(CallModel.PLAIN, listing(ConnectException.class), one))
                .isEqualTo(1);
        assertThat(attempts(CallModel.PLAIN, RetryConfig.builder(), one)).isEqualTo(3);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private static RetryConfigBuilder listing(Class<? extends Throwable>... types) {
        return RetryConfig.builder().retryExceptions(types);
    }

    private static int attempts(CallModel model, RetryConfigBuilder config, Throwable failure) {
        Scenario scenario = new Scenario(config.build());
        assertThat(catchThrowable(() -> scenario.call(model, failure))).isSameAs(failure);
        return scenario.attempts();
    }
}

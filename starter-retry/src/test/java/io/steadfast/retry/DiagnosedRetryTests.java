package io.steadfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Outcome;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.RetryAfter;
import io.steadfast.test.CallModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is retried where somebody understands outcomes. */
class DiagnosedRetryTests {

    private static final String UNSAFE = "POST is not idempotent";

    @ParameterizedTest
    @EnumSource
    void whenAnotherTryMaySucceed_thenThereIsOne(CallModel model) {
        assertThat(attempts(model, RetryConfig.builder(), new Answer(503, Diagnosis.Kind.TRANSIENT)))
                .isEqualTo(3);
        assertThat(attempts(model, RetryConfig.builder(), new Answer(429, Diagnosis.Kind.THROTTLED)))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnotherTryWouldFailToo_thenThereIsNone(CallModel model) {
        assertThat(attempts(model, RetryConfig.builder(), new Answer(500, Diagnosis.Kind.FAILURE)))
                .isEqualTo(1);
        assertThat(attempts(model, RetryConfig.builder(), new Answer(404, Diagnosis.Kind.CALLERS_OWN)))
                .isEqualTo(1);
        assertThat(attempts(model, RetryConfig.builder(), new Answer(304, Diagnosis.Kind.SUCCESS)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyKnowsTheFailure_thenItIsRetriedLikeAnyOther(CallModel model) {
        assertThat(attempts(model, RetryConfig.builder(), new IOException("down")))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whenExceptionsAreListed_thenTheListDecidesAndNotTheDiagnosis(CallModel model) {
        RetryConfigBuilder listed = RetryConfig.builder().retryExceptions(Answer.class);
        RetryConfigBuilder others = RetryConfig.builder().retryExceptions(IOException.class);
        RetryConfigBuilder ignored = RetryConfig.builder().ignoreExceptions(Answer.class);

        assertThat(attempts(model, listed, new Answer(500, Diagnosis.Kind.FAILURE)))
                .isEqualTo(3);
        assertThat(attempts(model, listed, new Answer(404, Diagnosis.Kind.CALLERS_OWN)))
                .isEqualTo(3);
        assertThat(attempts(model, others, new Answer(503, Diagnosis.Kind.TRANSIENT)))
                .isEqualTo(1);
        assertThat(attempts(model, ignored, new Answer(503, Diagnosis.Kind.TRANSIENT)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenAnErrorOrARefusalIsTakenForTransient_thenItIsStillRetriedOnlyIfListed(CallModel model) {
        OutcomeReader optimist = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable failure) {
                return Diagnosis.of(Diagnosis.Kind.TRANSIENT);
            }
        };
        for (Throwable failure : new Throwable[] {new AssertionError(), new BulkheadFullException("stock", null)}) {
            Scenario scenario = new Scenario(RetryConfig.defaults(), optimist);
            assertThat(catchThrowable(() -> scenario.call(model, failure))).isSameAs(failure);
            assertThat(scenario.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenItMustNotBeRepeated_thenItIsNotAndTheReasonIsTold(CallModel model) {
        Answer unsafe = new Answer(503, new Diagnosis(Diagnosis.Kind.TRANSIENT, null, UNSAFE));
        Scenario scenario = scenario(RetryConfig.builder());

        scenario.fail(model, unsafe);

        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.RETRY_ABANDONED);
            assertThat(event.detail()).isEqualTo("attempt 1 failed, and must not be repeated: POST is not idempotent");
            assertThat(event.failure()).isSameAs(unsafe);
            assertThat(event.call()).isEqualTo("stock");
        });
        assertThat(scenario.listener.outcomes()).containsExactly(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void whenAFailureMustNotBeRepeated_thenNoListHelps(CallModel model) {
        Scenario scenario = scenario(RetryConfig.builder().retryExceptions(Answer.class));

        scenario.fail(model, new Answer(500, new Diagnosis(Diagnosis.Kind.FAILURE, null, UNSAFE)));

        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRY_ABANDONED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // elements are on their way already
    void whenAResultMustNotBeRepeated_thenNoPredicateHelps(CallModel model) throws Throwable {
        Scenario scenario = scenario(RetryConfig.builder().resultPredicate(any -> true));
        Reply reply = new Reply(new Diagnosis(Diagnosis.Kind.FAILURE, null, UNSAFE));

        assertThat(scenario.call(model, reply)).isSameAs(reply);

        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRY_ABANDONED);
    }

    @ParameterizedTest
    @EnumSource
    void whenALaterAttemptMustNotBeRepeated_thenTheReasonNamesIt(CallModel model) {
        Scenario scenario = scenario(Scenario.steady());

        scenario.fail(
                model,
                new Answer(503, Diagnosis.Kind.TRANSIENT),
                new Answer(503, new Diagnosis(Diagnosis.Kind.TRANSIENT, null, "the server said so")));

        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRYING, Kind.RETRY_ABANDONED);
        assertThat(scenario.listener.events())
                .last()
                .extracting(PolicyEvent::detail)
                .isEqualTo("attempt 2 failed, and must not be repeated: the server said so");
    }

    @ParameterizedTest
    @EnumSource
    void whenItWouldNotBeRetriedAnyway_thenNothingIsTold(CallModel model) {
        Scenario scenario = scenario(RetryConfig.builder());

        scenario.fail(model, new Answer(404, new Diagnosis(Diagnosis.Kind.CALLERS_OWN, null, UNSAFE)));

        assertThat(scenario.listener.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // elements are on their way already
    void whenAResultIsAFailureInDisguise_thenItIsRetriedAsItsDiagnosisSays(CallModel model) throws Throwable {
        for (Diagnosis.Kind kind : Diagnosis.Kind.values()) {
            Scenario scenario = scenario(Scenario.steady());
            Reply last = new Reply(Diagnosis.of(Diagnosis.Kind.SUCCESS));
            Reply first = new Reply(Diagnosis.of(kind));
            boolean again = kind == Diagnosis.Kind.TRANSIENT || kind == Diagnosis.Kind.THROTTLED;

            assertThat(scenario.call(model, first, last)).as(kind.name()).isSameAs(again ? last : first);
            assertThat(scenario.attempts()).as(kind.name()).isEqualTo(again ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // elements are on their way already
    void whenTheResultPredicateWantsAnotherTry_thenTheDiagnosisDoesNotForbidIt(CallModel model) throws Throwable {
        Reply reply = new Reply(Diagnosis.of(Diagnosis.Kind.SUCCESS));
        Scenario scenario = scenario(Scenario.steady().resultPredicate(result -> result == reply));

        assertThat(scenario.call(model, reply, "answer")).isEqualTo("answer");

        assertThat(scenario.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTargetAsksForAWait_thenItIsWaitedForExactly(CallModel model) throws Throwable {
        Scenario scenario = scenario(Scenario.steady()
                .maxAttempts(4)
                .maxWaitDuration(Duration.ofMillis(300))
                .withoutBudget());

        scenario.call(
                model,
                asking(Duration.ofSeconds(9)), // longer than the longest wait
                asking(Duration.ofMillis(1)), // shorter than the back-off
                asking(Duration.ZERO),
                "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 9_000L, 9_001L, 9_001L);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLUX") // elements are on their way already
    void whenAResultAsksForAWait_thenItIsWaitedForExactly(CallModel model) throws Throwable {
        Scenario scenario = scenario(Scenario.steady());

        scenario.call(model, new Reply(new Diagnosis(Diagnosis.Kind.THROTTLED, Duration.ofSeconds(2), null)), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 2_000L);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitAskedForIsNegative_thenThereIsNone(CallModel model) throws Throwable {
        Scenario scenario = scenario(Scenario.steady());

        scenario.call(model, asking(Duration.ofSeconds(-3)), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void whenFailureAndDiagnosisBothAskForAWait_thenTheDiagnosisCounts(CallModel model) throws Throwable {
        Scenario scenario = scenario(Scenario.steady());

        scenario.call(
                model,
                new Answer(503, new Diagnosis(Diagnosis.Kind.TRANSIENT, Duration.ofMillis(20), null)) {
                    @Override
                    public Optional<Duration> retryAfter() {
                        return Optional.of(Duration.ofSeconds(4));
                    }
                },
                "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 20L);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDiagnosisAsksForNoWait_thenTheBackoffHolds(CallModel model) throws Throwable {
        Scenario scenario = scenario(Scenario.steady());

        scenario.call(model, new Answer(503, Diagnosis.Kind.TRANSIENT), "answer");

        assertThat(scenario.attemptsAtMillis).containsExactly(0L, 100L);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheWaitAskedForIsLongerThanAllThatIsAllowed_thenItIsAbandoned(CallModel model) {
        Scenario scenario = scenario(Scenario.steady().maxDuration(Duration.ofSeconds(5)));

        scenario.fail(model, asking(Duration.ofSeconds(6)));

        assertThat(scenario.attempts()).isEqualTo(1);
        assertThat(scenario.listener.kinds()).containsExactly(Kind.RETRY_ABANDONED);
    }

    @ParameterizedTest
    @EnumSource
    void whenADiagnosedFailureIsRetried_thenTheBudgetPaysForIt(CallModel model) {
        Scenario scenario = scenario(Scenario.steady());

        scenario.fail(model, new Answer(503, Diagnosis.Kind.TRANSIENT));

        assertThat(scenario.policy.snapshot())
                .isEqualTo(Map.of("budget-balance", 98L, "budget-calls", 1L, "budget-retries", 2L));
    }

    private static Scenario scenario(RetryConfigBuilder config) {
        return new Scenario(config.build(), new Reader());
    }

    private static Answer asking(Duration wait) {
        return new Answer(429, new Diagnosis(Diagnosis.Kind.THROTTLED, wait, null));
    }

    private static int attempts(CallModel model, RetryConfigBuilder config, Throwable failure) {
        Scenario scenario = scenario(config);
        assertThat(catchThrowable(() -> scenario.call(model, failure))).isSameAs(failure);
        return scenario.attempts();
    }

    /** Knows what answers and replies mean, and nothing else. */
    private static final class Reader implements OutcomeReader {

        @Override
        public Diagnosis ofFailure(Call call, Throwable failure) {
            return failure instanceof Answer answer ? answer.diagnosis : null;
        }

        @Override
        public Diagnosis ofResult(Call call, Object result) {
            return result instanceof Reply reply ? reply.diagnosis() : null;
        }
    }

    private record Reply(Diagnosis diagnosis) {}

    /** A failure as an HTTP client throws it. */
    private static class Answer extends RuntimeException implements RetryAfter {

        private final transient Diagnosis diagnosis;

        Answer(int status, Diagnosis.Kind kind) {
            this(status, Diagnosis.of(kind));
        }

        Answer(int status, Diagnosis diagnosis) {
            super("status " + status);
            this.diagnosis = diagnosis;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.empty();
        }
    }
}

package io.steadfast.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.test.CallModel;
import io.steadfast.test.ScriptedTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts where somebody understands outcomes. */
class DiagnosedCountingTests {

    private static final String COUNTS = """
            SUCCESS,     1, 0
            CALLERS_OWN, 1, 0
            THROTTLED,   0, 0
            TRANSIENT,   1, 1
            FAILURE,     1, 1
            """;

    @ParameterizedTest
    @CsvSource(textBlock = COUNTS)
    void whenAFailureIsUnderstood_thenItCountsAsItsDiagnosisSays(Kind kind, int buffered, int failed) {
        for (CallModel model : CallModel.values()) {
            Bench bench = new Bench(Bench.small());
            play(bench, model, new Answer(kind));
            assertCounts(bench, buffered, failed);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = COUNTS)
    void whenAResultIsUnderstood_thenItCountsAsItsDiagnosisSays(Kind kind, int buffered, int failed) {
        for (CallModel model : List.of(CallModel.PLAIN, CallModel.STAGE, CallModel.MONO)) {
            Bench bench = new Bench(Bench.small());
            play(bench, model, new Reply(kind));
            assertCounts(bench, buffered, failed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyKnowsTheOutcome_thenEveryFailureCountsAndNoResult(CallModel model) {
        Bench bench = new Bench(Bench.small());
        play(bench, model, new IOException("down"));
        play(bench, model, "answer");
        assertCounts(bench, 2, 1);
    }

    @ParameterizedTest
    @CsvSource({"CALLERS_OWN,CLOSED", "SUCCESS,CLOSED", "TRANSIENT,OPEN", "FAILURE,OPEN"})
    void whenATrialIsUnderstood_thenItDecidesAsItsDiagnosisSays(Kind kind, String state) {
        for (Object outcome : new Object[] {new Answer(kind), new Reply(kind)}) {
            Bench bench = oneTrial();
            play(bench, CallModel.PLAIN, outcome);
            assertThat(bench.breaker.state()).isEqualTo(state);
        }
    }

    @Test
    void whenATrialIsThrottled_thenItIsGivenBackAndAnotherDecides() {
        Bench bench = oneTrial();
        for (int i = 0; i < 10; i++) {
            play(bench, CallModel.PLAIN, new Answer(Kind.THROTTLED));
            play(bench, CallModel.STAGE, new Reply(Kind.THROTTLED));
        }
        assertThat(bench.breaker.snapshot())
                .containsEntry("state", "HALF_OPEN")
                .containsEntry("trials-left", 1)
                .containsEntry("buffered-calls", 0);
        play(bench, CallModel.PLAIN, new Answer(Kind.CALLERS_OWN));
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
    }

    @Test
    void whenCallersAskForNonsense_thenTheBreakerStaysClosed() {
        Bench bench = new Bench(Bench.small());
        for (int i = 0; i < 20; i++) {
            play(bench, CallModel.PLAIN, new Answer(Kind.CALLERS_OWN));
        }
        assertThat(bench.breaker.state()).isEqualTo("CLOSED");
    }

    @Test
    void whenExceptionsAreListed_thenTheListDecidesAndNotTheDiagnosis() {
        Bench listed = new Bench(Bench.small().recordExceptions(Answer.class));
        play(listed, CallModel.PLAIN, new Answer(Kind.CALLERS_OWN));
        play(listed, CallModel.PLAIN, new Answer(Kind.THROTTLED));
        assertCounts(listed, 2, 2);

        Bench others = new Bench(Bench.small().recordExceptions(IOException.class));
        play(others, CallModel.PLAIN, new Answer(Kind.TRANSIENT));
        play(others, CallModel.PLAIN, new Answer(Kind.THROTTLED));
        assertCounts(others, 2, 0);

        Bench ignored = new Bench(Bench.small().ignoreExceptions(Answer.class));
        play(ignored, CallModel.PLAIN, new Answer(Kind.FAILURE));
        play(ignored, CallModel.PLAIN, new Answer(Kind.CALLERS_OWN));
        assertCounts(ignored, 0, 0);
    }

    @Test
    void whenThereAreFailurePredicates_thenTheyDecideAndNotTheDiagnosis() {
        Bench record = new Bench(Bench.small()
                .recordFailurePredicate(failure -> failure.getMessage().equals("THROTTLED")));
        play(record, CallModel.PLAIN, new Answer(Kind.THROTTLED));
        play(record, CallModel.PLAIN, new Answer(Kind.FAILURE));
        assertCounts(record, 2, 1);

        Bench ignore = new Bench(Bench.small()
                .ignoreExceptionPredicate(failure -> failure.getMessage().equals("FAILURE")));
        play(ignore, CallModel.PLAIN, new Answer(Kind.FAILURE));
        play(ignore, CallModel.PLAIN, new Answer(Kind.TRANSIENT));
        assertCounts(ignore, 1, 1);
    }

    @Test
    void whenTheResultPredicateCallsItAFailure_thenItIsOne() {
        Bench bench = new Bench(Bench.small().recordResultPredicate(result -> result instanceof Reply));
        play(bench, CallModel.PLAIN, new Reply(Kind.SUCCESS));
        play(bench, CallModel.PLAIN, new Reply(Kind.THROTTLED));
        play(bench, CallModel.PLAIN, "answer");
        assertCounts(bench, 3, 2);
    }

    @Test
    void whenARefusalOfOursIsTakenForAFailure_thenItStillCountsForNothing() {
        Bench bench = new Bench(Bench.small());
        OutcomeReader pessimist = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable failure) {
                return Diagnosis.of(Kind.FAILURE);
            }
        };
        CompletableFuture<Object> refused = pipeline(bench, pessimist)
                .callAsync(() -> CompletableFuture.failedFuture(new BulkheadFullException("stock", null)));
        assertThat(refused).isCompletedExceptionally();
        assertCounts(bench, 0, 0);
    }

    @Test
    void whenTheReaderThrows_thenTheFailureCounts() {
        Bench bench = new Bench(Bench.small());
        OutcomeReader broken = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable failure) {
                throw new IllegalStateException("broken");
            }
        };
        CallModel.PLAIN.play(
                pipeline(bench, broken), new ScriptedTarget(bench.timer).fails(new Answer(Kind.SUCCESS)), bench.timer);
        assertCounts(bench, 1, 1);
    }

    private static Bench oneTrial() {
        return new Bench(Bench.small().initialState(State.HALF_OPEN).permittedNumberOfCallsInHalfOpenState(1));
    }

    private static void play(Bench bench, CallModel model, Object outcome) {
        ScriptedTarget target = new ScriptedTarget(bench.timer);
        if (outcome instanceof Throwable failure) {
            target.fails(failure);
        } else {
            target.answers(outcome);
        }
        assertThat(model.play(pipeline(bench, new Reader()), target, bench.timer)
                        .endings())
                .isEqualTo(1);
        assertThat(target.entries()).isEqualTo(1);
    }

    private static Pipeline pipeline(Bench bench, OutcomeReader reader) {
        return Pipeline.named("stock")
                .policy(bench.breaker)
                .reader(reader)
                .runtime(bench.runtime)
                .build();
    }

    private static void assertCounts(Bench bench, int buffered, int failed) {
        assertThat(bench.breaker.snapshot())
                .containsEntry("buffered-calls", buffered)
                .containsEntry("failed-calls", failed);
    }

    /** Knows what answers and replies mean, and nothing else. */
    private static final class Reader implements OutcomeReader {

        @Override
        public Diagnosis ofFailure(Call call, Throwable failure) {
            return failure instanceof Answer answer ? Diagnosis.of(answer.kind) : null;
        }

        @Override
        public Diagnosis ofResult(Call call, Object result) {
            return result instanceof Reply reply ? Diagnosis.of(reply.kind()) : null;
        }
    }

    private record Reply(Kind kind) {}

    private static final class Answer extends RuntimeException {

        private final Kind kind;

        Answer(Kind kind) {
            super(kind.name());
            this.kind = kind;
        }
    }
}

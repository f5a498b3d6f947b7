package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.steadfast.core.Diagnosis.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Who understands outcomes is asked, and does no harm. */
class OutcomeReaderTests {

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final IOException failure = new IOException("no such article");

    private Pipeline pipeline(OutcomeReader reader, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").reader(reader).runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private void fail(Way way, Pipeline pipeline, Throwable with) {
        assertThat(catchThrowable(() -> way.run(pipeline, timer, () -> {
                    throw sneaky(with);
                })))
                .isSameAs(with);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> Exception sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @ParameterizedTest
    @EnumSource
    void whenAPolicyAsks_thenTheReaderSeesCallAndOutcome(Way way) throws Exception {
        List<String> read = new ArrayList<>();
        Asking asking = new Asking();
        OutcomeReader reader = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable thrown) {
                read.add(call.name() + " " + thrown.getMessage());
                return Diagnosis.of(Kind.TRANSIENT);
            }

            @Override
            public Diagnosis ofResult(Call call, Object result) {
                read.add(call.name() + " " + result);
                return Diagnosis.of(Kind.SUCCESS);
            }
        };
        way.run(pipeline(reader, asking), timer, () -> "42");
        fail(way, pipeline(reader, asking), failure);
        assertThat(asking.told).containsExactly(Diagnosis.of(Kind.SUCCESS), Diagnosis.of(Kind.TRANSIENT));
        assertThat(read).startsWith("call 42", "call no such article");
    }

    @ParameterizedTest
    @EnumSource
    void whenAReaderThrows_thenNothingIsKnownAndTheOutcomeStands(Way way) throws Exception {
        Asking asking = new Asking();
        OutcomeReader broken = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable thrown) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Diagnosis ofResult(Call call, Object result) {
                throw new NoClassDefFoundError("broken");
            }
        };
        assertThat(way.run(pipeline(broken, asking), timer, () -> "42")).isEqualTo("42");
        fail(way, pipeline(broken, asking), failure);
        assertThat(asking.told).containsExactly(null, null);
        assertThat(journal.outcomes).containsExactly(Outcome.SUCCESS, Outcome.FAILURE);
    }

    @Test
    void whenThereIsNoReader_thenNothingIsKnown() {
        assertThat(Call.of("call").diagnose(null, failure)).isNull();
        assertThat(Call.of("call").diagnose("42", null)).isNull();
    }

    @Test
    void whenThereAreSeveralReaders_thenTheFirstWhoKnowsAnswers() {
        List<String> asked = new ArrayList<>();
        OutcomeReader all = OutcomeReader.all(List.of(
                new Noting(asked, "ignorant", null),
                new Noting(asked, "knowing", Diagnosis.of(Kind.THROTTLED)),
                new Noting(asked, "late", Diagnosis.of(Kind.FAILURE))));
        Call call = Call.of("call");
        assertThat(all.ofFailure(call, failure)).isEqualTo(Diagnosis.of(Kind.THROTTLED));
        assertThat(asked).containsExactly("ignorant", "knowing");
        asked.clear();
        assertThat(all.ofResult(call, "42")).isEqualTo(Diagnosis.of(Kind.THROTTLED));
        assertThat(asked).containsExactly("ignorant", "knowing");
    }

    @Test
    void whenNobodyOfSeveralKnows_thenNothingIsKnown() {
        List<String> asked = new ArrayList<>();
        OutcomeReader all =
                OutcomeReader.all(List.of(new Noting(asked, "one", null), new Noting(asked, "other", null)));
        assertThat(all.ofFailure(Call.of("call"), failure)).isNull();
        assertThat(all.ofResult(Call.of("call"), "42")).isNull();
        assertThat(asked).containsExactly("one", "other", "one", "other");
    }

    @Test
    void whenThereAreFewerThanTwoReaders_thenNobodyStandsInBetween() {
        Noting only = new Noting(new ArrayList<>(), "only", null);
        assertThat(OutcomeReader.all(List.of())).isSameAs(OutcomeReader.NONE);
        assertThat(OutcomeReader.all(List.of(only))).isSameAs(only);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheFailureIsTheCallersOwn_thenTheOutcomeIsIgnored(Way way) {
        fail(way, pipeline(knowing(Kind.CALLERS_OWN)), failure);
        assertThat(journal.outcomes).containsExactly(Outcome.IGNORED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CALLERS_OWN")
    void whenTheFailureIsAnythingElse_thenTheOutcomeIsAFailure(Kind kind) {
        fail(Way.PLAIN, pipeline(knowing(kind)), failure);
        assertThat(journal.outcomes).containsExactly(Outcome.FAILURE);
    }

    @Test
    void whenRefusedOrOutOfTime_thenNoReaderMakesItTheCallersOwn() {
        Pipeline pipeline = pipeline(knowing(Kind.CALLERS_OWN));
        fail(Way.PLAIN, pipeline, new BulkheadFullException("call", null));
        fail(Way.PLAIN, pipeline, new CallTimeoutException("call", Duration.ofSeconds(1)));
        fail(Way.PLAIN, pipeline, new InterruptedException());
        assertThat(journal.outcomes).containsExactly(Outcome.REFUSED, Outcome.TIMEOUT, Outcome.CANCELLED);
    }

    @Test
    void whenNobodyCancelled_thenACancellationIsDiagnosedLikeAnyFailure() {
        fail(Way.PLAIN, pipeline(knowing(Kind.CALLERS_OWN)), new CancellationException("somebody else's"));
        assertThat(journal.outcomes).containsExactly(Outcome.IGNORED);
    }

    @Test
    void whenADiagnosisHasNoKind_thenItIsRefused() {
        assertThatThrownBy(() -> new Diagnosis(null, null, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whenADiagnosisIsAsked_thenOnlyTransientAndThrottledAreWorthAnotherTry() {
        assertThat(Kind.values())
                .filteredOn(kind -> Diagnosis.of(kind).isWorthAnotherTry())
                .containsExactly(Kind.THROTTLED, Kind.TRANSIENT);
        assertThat(Diagnosis.of(Kind.THROTTLED).askedWait()).isEmpty();
        assertThat(new Diagnosis(Kind.THROTTLED, Duration.ofSeconds(3), null).askedWait())
                .contains(Duration.ofSeconds(3));
    }

    private static OutcomeReader knowing(Kind kind) {
        return new Noting(new ArrayList<>(), "knowing", Diagnosis.of(kind));
    }

    private record Noting(List<String> asked, String who, Diagnosis diagnosis) implements OutcomeReader {

        @Override
        public Diagnosis ofFailure(Call call, Throwable failure) {
            asked.add(who);
            return diagnosis;
        }

        @Override
        public Diagnosis ofResult(Call call, Object result) {
            asked.add(who);
            return diagnosis;
        }
    }

    /** Asks what each outcome means. */
    private static final class Asking implements Recovery {

        private final List<Diagnosis> told = new ArrayList<>();

        @Override
        public PolicyId id() {
            return new PolicyId("retry", "asking");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            told.add(call.diagnose(result, failure));
            return Verdict.keep();
        }

        @Override
        public Map<String, Object> snapshot() {
            return Map.of();
        }
    }
}

package io.steadfast.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.Outcome;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.CallModel;
import io.steadfast.test.CallRun;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.test.ScriptedTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the caller did wrong is for the caller to hear. */
class CallersOwnFailureTests {

    private static final Substitute UNKNOWN = (call, failure) -> "unknown";

    private final RecordingListener heard = new RecordingListener();

    private final IllegalArgumentException own = new IllegalArgumentException("no such article");

    @ParameterizedTest
    @EnumSource
    void whenTheFailureIsTheCallersOwn_thenItStands(CallModel model) {
        assertThat(play(model, FailureFilter.NONE, UNKNOWN, own).failure()).isSameAs(own);
        assertThat(heard.kinds()).isEmpty();
        assertThat(heard.outcomes()).containsExactly(Outcome.IGNORED);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheFailureIsAnythingElse_thenItIsAnsweredFor(CallModel model) {
        for (Throwable failure : List.of(new IOException("unknown to the reader"), new IllegalStateException("down"))) {
            assertThat(play(model, FailureFilter.NONE, UNKNOWN, failure).result())
                    .isEqualTo("unknown");
        }
        assertThat(heard.outcomes()).containsExactly(Outcome.FALLBACK, Outcome.FALLBACK);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallersOwnIsListed_thenItIsAnsweredFor(CallModel model) {
        FailureFilter listed = new FailureFilter(List.of(IllegalArgumentException.class), List.of());
        assertThat(play(model, listed, UNKNOWN, own).result()).isEqualTo("unknown");
        assertThat(heard.outcomes()).containsExactly(Outcome.FALLBACK);
    }

    @ParameterizedTest
    @EnumSource
    void whenOnlyOthersAreIgnored_thenTheCallersOwnStillStands(CallModel model) {
        FailureFilter others = new FailureFilter(List.of(), List.of(IOException.class));
        assertThat(play(model, others, UNKNOWN, own).failure()).isSameAs(own);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubstituteIsMeantForIt_thenItAnswersUnlessItIsIgnored(CallModel model) {
        FailureFilter ignoring = new FailureFilter(List.of(), List.of(IllegalArgumentException.class));
        assertThat(play(model, FailureFilter.NONE, new Knowing(), own).result()).isEqualTo("knowing");
        assertThat(play(model, ignoring, new Knowing(), own).failure()).isSameAs(own);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheReaderThrows_thenItIsAnsweredFor(CallModel model) {
        OutcomeReader broken = new OutcomeReader() {
            @Override
            public Diagnosis ofFailure(Call call, Throwable failure) {
                throw new IllegalStateException("broken");
            }
        };
        assertThat(play(model, FailureFilter.NONE, UNKNOWN, own, broken).result())
                .isEqualTo("unknown");
    }

    private CallRun play(CallModel model, FailureFilter filter, Substitute substitute, Throwable failure) {
        OutcomeReader reader = new OutcomeReader() {

            private final Map<Class<?>, Kind> known = Map.of(
                    IllegalArgumentException.class, Kind.CALLERS_OWN, IllegalStateException.class, Kind.TRANSIENT);

            @Override
            public Diagnosis ofFailure(Call call, Throwable thrown) {
                Kind kind = known.get(thrown.getClass());
                return kind == null ? null : Diagnosis.of(kind);
            }
        };
        return play(model, filter, substitute, failure, reader);
    }

    private CallRun play(
            CallModel model, FailureFilter filter, Substitute substitute, Throwable failure, OutcomeReader reader) {
        ManualTimer timer = new ManualTimer();
        Pipeline pipeline = Pipeline.named("price")
                .policy(new FallbackPolicy(new PolicyId("fallback", "price"), filter, substitute))
                .reader(reader)
                .runtime(new PolicyRuntime(timer.ticker(), timer, heard))
                .build();
        return model.play(pipeline, new ScriptedTarget(timer).fails(failure), timer);
    }

    private static final class Knowing implements Substitute {

        @Override
        public Object answer(Call call, Throwable failure) {
            return "knowing";
        }

        @Override
        public boolean suitsCallersOwn(Throwable failure) {
            return true;
        }
    }
}

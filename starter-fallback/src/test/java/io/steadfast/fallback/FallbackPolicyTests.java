package io.steadfast.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.FailureFilter;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Verdict;
import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.test.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class FallbackPolicyTests {

    private static final PolicyId ID = new PolicyId("fallback", "price");

    private final RecordingListener heard = new RecordingListener();

    @Test
    void whenTheCallSucceeds_thenItsAnswerIsKept() {
        FallbackPolicy policy = FallbackPolicy.of("price", (call, failure) -> "unknown");

        assertThat(policy.judge(Call.of("price"), 1, "12.50", null)).isSameAs(Verdict.keep());
        assertThat(policy.id()).isEqualTo(ID);
        assertThat(policy.timed()).isFalse();
        assertThat(policy.afterFirstElement()).isFalse();
    }

    @Test
    void whenTheCallFails_thenTheSubstituteAnswersWithCallAndFailureInHand() throws Exception {
        IOException down = new IOException("down");
        FallbackPolicy policy = FallbackPolicy.of(
                "price", (call, failure) -> call.name() + " " + call.arguments()[0] + " " + failure.getMessage());

        Verdict verdict = policy.judge(Call.of("price", "4711"), 1, null, down);

        assertThat(verdict).isInstanceOf(Verdict.Instead.class);
        assertThat(((Verdict.Instead) verdict).replacement().call()).isEqualTo("price 4711 down");
    }

    @Test
    void whenAnErrorIsThrown_thenItIsAnsweredForUnlessTheJvmIsInTrouble() {
        assertThat(answersFor(FailureFilter.NONE, new AssertionError())).isTrue();
        assertThat(answersFor(FailureFilter.NONE, new NoClassDefFoundError())).isTrue();
        assertThat(answersFor(FailureFilter.NONE, new OutOfMemoryError())).isFalse();
        assertThat(answersFor(FailureFilter.NONE, new StackOverflowError())).isFalse();
    }

    @Test
    void whenABroadClassIsListed_thenTheJvmsTroubleIsStillNotHidden() {
        assertThat(answersFor(filter(List.of(Throwable.class), List.of()), new OutOfMemoryError()))
                .isFalse();
        assertThat(answersFor(filter(List.of(Error.class), List.of()), new OutOfMemoryError()))
                .isFalse();
    }

    @Test
    void whenOurOwnRefusalArrives_thenItIsAnsweredFor() {
        CircuitOpenException refusal = new CircuitOpenException("price", "open", null, false);

        assertThat(answersFor(FailureFilter.NONE, refusal)).isTrue();
    }

    @Test
    void whenExceptionsAreListed_thenOnlyTheyAndTheirWrappersAreAnsweredFor() {
        FailureFilter filter = filter(List.of(IOException.class), List.of());

        assertThat(answersFor(filter, new FileNotFoundException())).isTrue();
        assertThat(answersFor(filter, new IllegalStateException(new IOException())))
                .isTrue();
        assertThat(answersFor(filter, new IllegalStateException())).isFalse();
    }

    @Test
    void whenAnIgnoredExceptionIsInTheCauseChain_thenIgnoringWins() {
        FailureFilter filter = filter(List.of(IOException.class), List.of(FileNotFoundException.class));

        assertThat(answersFor(filter, new IOException(new FileNotFoundException())))
                .isFalse();
        assertThat(answersFor(filter, new SocketTimeoutException())).isTrue();
    }

    @Test
    void whenTheSubstituteDoesNotSuit_thenTheFailureStandsAndNoFallbackIsCounted() {
        FallbackPolicy policy = new FallbackPolicy(ID, FailureFilter.NONE, new Substitute() {
            @Override
            public Object answer(Call call, Throwable failure) {
                return "unknown";
            }

            @Override
            public boolean suits(Throwable failure) {
                return failure instanceof IOException;
            }
        });
        IllegalStateException failure = new IllegalStateException();

        assertThat(policy.judge(Call.of("price"), 1, null, failure)).isSameAs(Verdict.keep());
        assertThat(catchThrowable(() -> pipeline(policy).call(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(heard.kinds()).isEmpty();
        assertThat(heard.outcomes()).containsExactly(Outcome.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, InterruptedException.class, VirtualMachineError.class})
    void whenWhatNeverArrivesIsListed_thenItIsRefused(Class<? extends Throwable> never) {
        assertThatThrownBy(() -> new FallbackPolicy(ID, filter(List.of(never), List.of()), (call, failure) -> ""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("exceptions must not list " + never.getName() + ", which never reaches a fallback");
    }

    @Test
    void whenAListedExceptionIsIgnoredToo_thenTheContradictionIsRefused() {
        FailureFilter filter = filter(List.of(FileNotFoundException.class), List.of(IOException.class));

        assertThatThrownBy(() -> new FallbackPolicy(ID, filter, (call, failure) -> ""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("exceptions and ignore-exceptions contradict each other: java.io.FileNotFoundException is "
                        + "listed, but java.io.IOException is ignored, and ignoring wins");
    }

    @Test
    void whenAPlainCallFails_thenItsCallerGetsTheAnswer() throws Exception {
        String answer = pipeline(FallbackPolicy.of("price", (call, failure) -> "unknown"))
                .call(() -> {
                    throw new IOException("down");
                });

        assertThat(answer).isEqualTo("unknown");
        assertThat(heard.kinds()).containsExactly(Kind.FALLBACK_USED);
        assertThat(heard.outcomes()).containsExactly(Outcome.FALLBACK);
    }

    @Test
    void whenAStageFails_thenAPlainAnswerAndAStageAreBothTaken() {
        Pipeline plain = pipeline(FallbackPolicy.of("price", (call, failure) -> "unknown"));
        Pipeline stage = pipeline(
                FallbackPolicy.of("price", (call, failure) -> CompletableFuture.completedFuture("later unknown")));

        assertThat(plain.callAsync(FallbackPolicyTests::failedStage).join()).isEqualTo("unknown");
        assertThat(stage.callAsync(FallbackPolicyTests::failedStage).join()).isEqualTo("later unknown");
    }

    @Test
    void whenAPublisherFails_thenAPlainAnswerAndAPublisherAreBothTaken() {
        Pipeline plain = pipeline(FallbackPolicy.of("price", (call, failure) -> "unknown"));
        Pipeline mono = pipeline(FallbackPolicy.of("price", (call, failure) -> Mono.just("later unknown")));
        Pipeline flux = pipeline(FallbackPolicy.of("price", (call, failure) -> Flux.just("a", "b")));

        assertThat(Mono.<String>error(new IOException())
                        .transform(ReactorPipelines.mono(plain))
                        .block())
                .isEqualTo("unknown");
        assertThat(Mono.<String>error(new IOException())
                        .transform(ReactorPipelines.mono(mono))
                        .block())
                .isEqualTo("later unknown");
        assertThat(Flux.<String>error(new IOException())
                        .transform(ReactorPipelines.flux(flux))
                        .collectList()
                        .block())
                .containsExactly("a", "b");
    }

    @Test
    void whenAStreamFailsAfterItsFirstElement_thenTheFailureStands() {
        Pipeline pipeline = pipeline(FallbackPolicy.of("price", (call, failure) -> Flux.just("instead")));
        Flux<String> broken = Flux.just("first").concatWith(Flux.error(new IOException("torn")));

        assertThat(broken.transform(ReactorPipelines.flux(pipeline))
                        .onErrorResume(failure -> Flux.just(failure.getMessage()))
                        .collectList()
                        .block())
                .containsExactly("first", "torn");
    }

    @Test
    void whenThePlainFallbackFailsToo_thenItsFailureIsThrownWithTheFirstOneSuppressed() {
        IOException first = new IOException("down");
        IllegalStateException second = new IllegalStateException("cache empty");
        Pipeline pipeline = pipeline(FallbackPolicy.of("price", (call, failure) -> {
            throw second;
        }));

        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw first;
                })))
                .isSameAs(second)
                .hasSuppressedException(first);
        assertThat(heard.kinds()).containsExactly(Kind.FALLBACK_USED, Kind.FALLBACK_FAILED);
        assertThat(heard.outcomes()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void whenTheStageFallbackFailsToo_thenItsFailureIsThrownWithTheFirstOneSuppressed() {
        IllegalStateException second = new IllegalStateException("cache empty");
        Pipeline pipeline =
                pipeline(FallbackPolicy.of("price", (call, failure) -> CompletableFuture.failedFuture(second)));

        assertThat(catchThrowable(() ->
                        pipeline.callAsync(FallbackPolicyTests::failedStage).join()))
                .isInstanceOf(CompletionException.class)
                .hasCause(second);
        assertThat(second.getSuppressed()).hasSize(1).allMatch(IOException.class::isInstance);
    }

    @Test
    void whenTheCallerIsInterrupted_thenThereIsNoAnswer() {
        InterruptedException interrupt = new InterruptedException();
        Pipeline pipeline = pipeline(FallbackPolicy.of("price", (call, failure) -> "unknown"));

        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw interrupt;
                })))
                .isSameAs(interrupt);
    }

    @Test
    void whenTheWholeCallIgnoresAFailure_thenNotEvenTheFallbackTouchesIt() {
        IOException business = new IOException("no such article");
        Pipeline pipeline = Pipeline.named("price")
                .policy(FallbackPolicy.of("price", (call, failure) -> "unknown"))
                .ignoring(IOException.class::isInstance)
                .build();

        assertThat(catchThrowable(() -> pipeline.call(() -> {
                    throw business;
                })))
                .isSameAs(business);
    }

    @Test
    void whenSettingsChange_thenTheSameAnswersAreGivenForOtherFailures() throws Exception {
        FallbackPolicy first =
                new FallbackPolicy(ID, filter(List.of(IOException.class), List.of()), (call, any) -> "unknown");

        FallbackPolicy next = first.successor(filter(List.of(IllegalStateException.class), List.of()));

        Verdict verdict = next.judge(Call.of("price"), 1, null, new IllegalStateException());
        assertThat(((Verdict.Instead) verdict).replacement().call()).isEqualTo("unknown");
        assertThat(next.judge(Call.of("price"), 1, null, new IOException())).isSameAs(Verdict.keep());
        assertThat(next.id()).isEqualTo(ID);
    }

    private Pipeline pipeline(FallbackPolicy policy) {
        return Pipeline.named("price")
                .policy(policy)
                .runtime(PolicyRuntime.system().withListener(heard))
                .build();
    }

    private static boolean answersFor(FailureFilter filter, Throwable failure) {
        FallbackPolicy policy = new FallbackPolicy(ID, filter, (call, any) -> "unknown");
        return policy.judge(Call.of("price"), 1, null, failure) != Verdict.keep();
    }

    private static FailureFilter filter(
            List<Class<? extends Throwable>> includes, List<Class<? extends Throwable>> excludes) {
        return new FailureFilter(includes, excludes);
    }

    private static CompletableFuture<String> failedStage() {
        return CompletableFuture.failedFuture(new IOException("down"));
    }
}

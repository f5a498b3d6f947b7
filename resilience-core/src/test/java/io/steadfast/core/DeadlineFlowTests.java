package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.steadfast.core.PolicyEvent.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit is the deadline of everything inside it, and of nothing else. */
class DeadlineFlowTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final List<Optional<Duration>> seen = new ArrayList<>();

    private Pipeline pipeline(String name, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named(name).runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static Policy limit(String which, long seconds) {
        return Policies.limit(which, Duration.ofSeconds(seconds));
    }

    private static Optional<Duration> seconds(long seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private Object look() {
        seen.add(Deadline.remaining());
        return "ok";
    }

    @AfterEach
    void threadHasNoneAfterwards() {
        assertThat(Deadline.current()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenATotalAndAnAttemptNest_thenTheEarlierCountsInEachAttempt(Way way) throws Exception {
        Pipeline pipeline = pipeline("call", limit("total", 10), Policies.retry(9), limit("attempt", 4));
        way.run(pipeline, timer, () -> {
            look();
            timer.lag(3 * SECOND);
            if (seen.size() < 3) {
                throw new IOException("down");
            }
            return "third";
        });
        assertThat(seen).containsExactly(seconds(4), seconds(4), seconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void whenAGuardedCallIsMadeInside_thenTheEarlierOfBothCounts(Way way) throws Exception {
        for (long inner : new long[] {2, 20}) {
            Pipeline nested = pipeline("inner", limit("attempt", inner));
            way.run(pipeline("outer", limit("attempt", 5)), timer, () -> {
                timer.lag(SECOND);
                way.run(nested, timer, this::look);
                return look();
            });
        }
        assertThat(seen).containsExactly(seconds(2), seconds(4), seconds(4), seconds(4));
    }

    @ParameterizedTest
    @EnumSource
    void whenNothingIsLeft_thenACallWithoutALimitIsRefusedAndNoGateAsked(Way way) {
        CountingGate gate = new CountingGate();
        Pipeline inner = pipeline("inner", Policies.fallback(() -> "instead"), gate);
        Pipeline bare = pipeline("bare");
        Deadline.restore(Deadline.in(Duration.ofSeconds(1), timer));
        try {
            timer.lag(SECOND);
            assertThat(catchThrowable(() -> way.run(bare, timer, this::look)))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessage("Call 'bare' was refused: its deadline leaves no time");
            assertThat(catchThrowable(() -> way.run(inner, timer, this::look))).isNull();
        } finally {
            Deadline.restore(null);
        }
        assertThat(seen).isEmpty();
        assertThat(gate.acquired).hasValue(0);
        assertThat(journal.attempts).hasValue(0);
        assertThat(journal.outcomes).containsExactly(Outcome.REFUSED, Outcome.FALLBACK);
        assertThat(journal.kinds()).containsExactly(Kind.REFUSED, Kind.REFUSED, Kind.FALLBACK_USED);
    }

    @ParameterizedTest
    @EnumSource
    void whenNothingIsLeft_thenALimitRefusesBeforeAnAlarmIsSet(Way way) {
        CountingGate gate = new CountingGate();
        Deadline.restore(Deadline.in(Duration.ZERO, timer));
        try {
            assertThat(catchThrowable(() -> way.run(pipeline("call", limit("attempt", 1), gate), timer, this::look)))
                    .isInstanceOf(DeadlineExceededException.class);
        } finally {
            Deadline.restore(null);
        }
        assertThat(gate.acquired).hasValue(0);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineGoesByAnotherClock_thenItIsTranslated(Way way) throws Exception {
        HandTimer other = new HandTimer();
        other.lag(7_777_777_777L);
        Deadline.in(Duration.ofSeconds(3), other).call(() -> way.run(pipeline("call"), timer, this::look));
        assertThat(seen).containsExactly(seconds(3));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTargetThrowsAnError_thenTheThreadHasNoDeadlineAfterwards(Way way) {
        AssertionError error = new AssertionError();
        Pipeline pipeline = pipeline("call", limit("total", 9), limit("attempt", 1));
        assertThat(catchThrowable(() -> way.run(pipeline, timer, () -> {
                    throw error;
                })))
                .isSameAs(error);
        assertThat(CallThread.limitReached()).isFalse();
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenAFallbackAnswers_thenItHasTheDeadlineThatHoldsAroundIt(Way way) throws Exception {
        Policy fallback = Policies.fallback(this::look);
        Pipeline pipeline = pipeline("call", limit("total", 5), fallback, Policies.retry(2), limit("attempt", 1));
        way.run(pipeline, timer, () -> {
            throw new IOException("down");
        });
        assertThat(seen).containsExactly(seconds(4));
    }

    @Test
    void whenAStageIsDone_thenItsDependentsHaveTheCallersDeadlineAndNotTheCalls() throws Exception {
        Pipeline pipeline = pipeline("call", Policies.retry(2), limit("attempt", 1));
        CompletableFuture<String> free = new CompletableFuture<>();
        pipeline.callAsync(() -> free).thenRun(this::look);
        CompletableFuture<String> bound = new CompletableFuture<>();
        Deadline.in(Duration.ofSeconds(9), timer)
                .call(() -> pipeline.callAsync(() -> bound))
                .thenRun(this::look);
        free.complete("ok");
        bound.complete("ok");
        assertThat(seen).containsExactly(Optional.empty(), seconds(9));
    }

    @Test
    void whenARetryIsDoneAtOnce_thenDependentsDoNotSeeTheDeadlineOfItsAttempt() {
        List<CompletableFuture<String>> answers = List.of(
                CompletableFuture.failedFuture(new IOException("down")), CompletableFuture.completedFuture("ok"));
        int[] attempt = {0};
        pipeline("call", Policies.retry(2), limit("attempt", 1))
                .callAsync(() -> answers.get(attempt[0]++))
                .thenRun(this::look);
        timer.runAll();
        assertThat(seen).containsExactly(Optional.empty());
    }

    @Test
    void whenAThreadUnderADeadlineCompletesAStage_thenDependentsOfOtherCallsDoNotInheritIt() throws Exception {
        CompletableFuture<String> own = new CompletableFuture<>();
        pipeline("other").callAsync(() -> own).thenRun(this::look);
        pipeline("busy", limit("attempt", 1)).call(() -> {
            own.complete("ok");
            return look();
        });
        assertThat(seen).containsExactly(Optional.empty(), seconds(1));
    }

    @Test
    void whenAStageIsOnlyBoundByWhatItInherits_thenItIsCancelledAsByALimitOfItsOwn() throws Exception {
        CompletableFuture<String> own = new CompletableFuture<>();
        CompletableFuture<String> returned = Deadline.in(Duration.ofSeconds(2), timer)
                .call(() -> pipeline("call", Policies.retry(3)).callAsync(() -> own));
        timer.advance(3 * SECOND);
        assertThat(own).isCancelled();
        assertThat(catchThrowable(returned::join))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CallTimeoutException.class);
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whenAFutureIsEndedByItsCallerInAnyWay_thenTheWorkIsGivenUp() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> answered = pipeline("call").callAsync(() -> first);
        assertThat(answered.complete("mine")).isTrue();
        assertThat(first).isCancelled();
        assertThat(answered).isCompletedWithValue("mine");

        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> failed = pipeline("call").callAsync(() -> second);
        assertThat(failed.completeExceptionally(new IOException("enough"))).isTrue();
        assertThat(second).isCancelled();
        assertThat(failed).isCompletedExceptionally();
    }

    @Test
    void whenAPolicyIsAskedByItself_thenTheCallHasTheThreadsDeadline() throws Exception {
        assertThat(Call.of("call").deadline()).isEmpty();
        assertThat(Call.of("call").remainingNanos()).isEqualTo(Long.MAX_VALUE);
        long left = Deadline.in(Duration.ofHours(1)).call(() -> Call.of("call").remainingNanos());
        assertThat(left).isBetween(1L, Duration.ofHours(1).toNanos());
    }
}

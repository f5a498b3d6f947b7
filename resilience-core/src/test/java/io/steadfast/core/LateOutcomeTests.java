package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes after the deadline, but before an alarm that is late: the outcome does not hang on that race. */
class LateOutcomeTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final CountingGate outside = new CountingGate();

    private final CountingLimit limit = CountingLimit.of(Duration.ofSeconds(1));

    private Pipeline.Builder builder(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder;
    }

    private Object failLate(Exception failure) throws Exception {
        timer.lag(2 * SECOND);
        throw failure;
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(timer.pending()).isZero();
        assertThat(limit.counts()).as("what the limit left running").isEqualTo("0 left, 0 ended");
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whenAFailureIsLate_thenItIsATimeout(Way way) {
        IOException down = new IOException("down");
        Throwable thrown = catchThrowable(() -> way.run(builder(outside, limit).build(), timer, () -> failLate(down)));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(1)))
                .hasSuppressedException(down);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.TIMEOUT);
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource
    void whenAFailureComesAtTheVeryEnd_thenItIsATimeoutAndBeforeItIsNot(Way way) {
        for (long at : new long[] {SECOND - 1, SECOND}) {
            Throwable thrown = catchThrowable(() -> way.run(
                    builder(Policies.limit("total", Duration.ofSeconds(1))).build(), timer, () -> {
                        timer.lag(at);
                        throw new IOException("down");
                    }));
            assertThat(thrown).isInstanceOf(at == SECOND ? CallTimeoutException.class : IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAnswerIsLate_thenItCounts(Way way) throws Exception {
        assertThat(way.run(builder(outside, limit).build(), timer, () -> {
                    timer.lag(2 * SECOND);
                    return "late, but there";
                }))
                .isEqualTo("late, but there");
        assertThat(outside.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.kinds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheCallIgnoresTheFailure_thenItStaysWhatItIs(Way way) {
        IOException notFound = new IOException("not found");
        Pipeline pipeline =
                builder(outside, limit).ignoring(IOException.class::isInstance).build();
        assertThat(catchThrowable(() -> way.run(pipeline, timer, () -> failLate(notFound))))
                .isSameAs(notFound);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.IGNORED);
    }

    @Test
    void whenSomebodyElseInterruptedTheCall_thenItStaysAnInterrupt() {
        InterruptedException foreign = new InterruptedException();
        assertThat(catchThrowable(() -> builder(outside, limit).build().call(() -> failLate(foreign))))
                .isSameAs(foreign);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void whenAGateIsAskedTooLate_thenTheCallIsRefusedAndNotTimedOut(Way way) {
        Gate slow = new Gate() {
            @Override
            public PolicyId id() {
                return new PolicyId("gate", "slow");
            }

            @Override
            public Permit acquire(Call call) {
                if (timer.nanos() == 0) {
                    timer.lag(1);
                    throw new BulkheadFullException(call.name(), null);
                }
                timer.lag(2 * SECOND);
                return new CountingGate();
            }
        };
        CountingGate inner = new CountingGate();
        Policy twice = new Policies.Retry(2, 1, failure -> true);
        assertThat(catchThrowable(
                        () -> way.run(builder(limit, twice, slow, inner).build(), timer, () -> "never")))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(inner.acquired).hasValue(0);
        assertThat(journal.attempts).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void whenAGuardedCallInsideIsRefusedForWantOfTime_thenTheOuterOneHasTimedOut(Way way) {
        Pipeline inner = Pipeline.named("inner").runtime(timer.runtime()).build();
        Throwable thrown = catchThrowable(() -> way.run(builder(limit).build(), timer, () -> {
            timer.lag(2 * SECOND);
            return way.run(inner, timer, () -> "never");
        }));
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(DeadlineExceededException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whenOneAttemptFailsLate_thenThatAttemptTimedOutAndTheNextHasItsTime(Way way) throws Exception {
        AtomicInteger entries = new AtomicInteger();
        Policy retry = new Policies.Retry(2, 0, failure -> failure instanceof CallTimeoutException);
        Pipeline pipeline = builder(Policies.limit("total", Duration.ofSeconds(9)), retry, limit)
                .build();
        Object answer = way.run(pipeline, timer, () -> {
            if (entries.incrementAndGet() == 1) {
                return failLate(new IOException("down"));
            }
            return Deadline.remaining().orElseThrow();
        });
        assertThat(answer).isEqualTo(Duration.ofSeconds(1));
        assertThat(journal.kinds()).containsExactly(Kind.TIMED_OUT, Kind.RETRYING);
    }
}

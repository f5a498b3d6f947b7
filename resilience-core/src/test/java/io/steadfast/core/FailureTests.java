package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the caller gets when things go wrong, and what the policies are told. */
class FailureTests {

    private final HandTimer timer = new HandTimer();

    private final CountingGate gate = new CountingGate();

    private Pipeline pipeline(Policy... policies) {
        return builder(policies).build();
    }

    private Pipeline.Builder builder(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder;
    }

    private static Callable<Object> failing(Throwable... failures) {
        Iterator<Throwable> each = List.of(failures).iterator();
        return () -> {
            Throwable next = each.next();
            if (next instanceof Error error) {
                throw error;
            }
            throw (Exception) next;
        };
    }

    @ParameterizedTest
    @EnumSource
    void whenAllAttemptsFail_thenLastIsThrownWithEarlierOnesSuppressed(Way way) {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        IOException third = new IOException("third");
        Throwable thrown =
                catchThrowable(() -> way.run(pipeline(Policies.retry(3), gate), timer, failing(first, second, third)));
        assertThat(thrown).isSameAs(third);
        assertThat(thrown.getSuppressed()).containsExactly(first, second);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 3 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenRefusedAfterAFailure_thenTargetsOwnFailureIsThrownWithTheRefusalSuppressed(Way way) {
        IOException own = new IOException("down");
        Throwable thrown =
                catchThrowable(() -> way.run(pipeline(Policies.retry(2), new AdmitsFirst(1)), timer, failing(own)));
        assertThat(thrown).isSameAs(own);
        assertThat(thrown.getSuppressed()).hasSize(1).allMatch(BulkheadFullException.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void whenTargetWasNeverReached_thenRefusalIsThrown(Way way) {
        Throwable thrown =
                catchThrowable(() -> way.run(pipeline(Policies.retry(3), new AdmitsFirst(0)), timer, failing()));
        assertThat(thrown).isInstanceOf(BulkheadFullException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whenForeignExecutorRejects_thenItIsTheTargetsOwnFailure(Way way) {
        RejectedExecutionException foreign = new RejectedExecutionException("pool");
        Throwable thrown =
                catchThrowable(() -> way.run(pipeline(Policies.retry(2), new AdmitsFirst(1)), timer, failing(foreign)));
        assertThat(thrown).isSameAs(foreign);
    }

    @ParameterizedTest
    @EnumSource
    void whenErrorIsThrown_thenPermitIsSettledAndErrorPasses(Way way) {
        StackOverflowError error = new StackOverflowError();
        assertThat(catchThrowable(() -> way.run(pipeline(gate), timer, failing(error))))
                .isSameAs(error);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenFailureIsIgnoredByTheCall_thenNoPolicyIsTouched(Way way) {
        IOException own = new IOException("not found");
        Pipeline pipeline = builder(Policies.fallback(() -> "fallback"), Policies.retry(3), gate)
                .ignoring(IOException.class::isInstance)
                .build();
        assertThat(catchThrowable(() -> way.run(pipeline, timer, failing(own)))).isSameAs(own);
        assertThat(own.getSuppressed()).isEmpty();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenFallbackFails_thenItsFailureHasTheOriginalSuppressed(Way way) {
        IOException own = new IOException("down");
        Policy fallback = Policies.fallback(() -> {
            throw new IllegalStateException("fallback");
        });
        assertThat(catchThrowable(() -> way.run(pipeline(fallback, gate), timer, failing(own))))
                .hasMessage("fallback")
                .hasSuppressedException(own);
    }

    @ParameterizedTest
    @EnumSource
    void whenAConstantIsThrownAgainAndAgain_thenItDoesNotGrow(Way way) {
        IOException constant = new IOException("constant");
        for (int i = 0; i < 200; i++) {
            Callable<Object> body = failing(new IOException(), new IOException(), constant);
            assertThat(catchThrowable(() -> way.run(pipeline(Policies.retry(3)), timer, body)))
                    .isSameAs(constant);
        }
        assertThat(constant.getSuppressed()).hasSize(16);
    }

    @ParameterizedTest
    @EnumSource
    void whenSameFailureIsThrownInEachAttempt_thenItIsNotSuppressedInItself(Way way) {
        IOException constant = new IOException("constant");
        assertThat(catchThrowable(() -> way.run(pipeline(Policies.retry(2)), timer, failing(constant, constant))))
                .isSameAs(constant)
                .hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @EnumSource
    void whenRetriedVeryOften_thenTheStackHolds(Way way) throws Exception {
        AtomicInteger entries = new AtomicInteger();
        Object answer = way.run(pipeline(Policies.retry(Integer.MAX_VALUE), gate), timer, () -> {
            if (entries.incrementAndGet() < 50_000) {
                throw new IOException("down");
            }
            return "at last";
        });
        assertThat(answer).isEqualTo("at last");
        assertThat(gate.settled()).isEqualTo(50_000);
    }

    /** Refuses from the second call on, or from the first. */
    private static final class AdmitsFirst implements Gate {

        private final CountingGate inner = new CountingGate();

        private final int places;

        AdmitsFirst(int places) {
            this.places = places;
        }

        @Override
        public PolicyId id() {
            return inner.id();
        }

        @Override
        public Permit acquire(Call call) {
            if (inner.acquired.get() == places) {
                throw new BulkheadFullException(call.name(), null);
            }
            return inner.acquire(call);
        }
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.channels.ClosedByInterruptException;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exceptions come from anywhere; some throw when they are asked for a message or a cause. */
class HostileFailureTests {

    private final HandTimer timer = new HandTimer();

    private final CountingGate gate = new CountingGate();

    /** Somebody must listen, or nothing would ask for a message. */
    private final ResilienceListener reader = new ResilienceListener() {
        @Override
        public void policyEvent(PolicyEvent event) {
            assertThat(String.valueOf(event.failure())).isNotNull();
        }
    };

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder =
                Pipeline.named("call").runtime(timer.runtime().withListener(reader));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource
    void whenAMessageCannotBeRead_thenTheFallbackAnswersAndThePermitIsBack(Way way) throws Exception {
        Object answer = way.run(pipeline(gate, Policies.fallback(() -> "stand-in")), timer, () -> {
            throw new Unreadable();
        });

        assertThat(answer).isEqualTo("stand-in");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenAPredicateThrowsSomethingUnreadable_thenTheFailureStands(Way way) {
        Policy broken = new Policies.Retry(3, 0, failure -> {
            throw new Unreadable();
        });
        IllegalStateException own = new IllegalStateException("down");

        Throwable thrown = catchThrowable(() -> way.run(pipeline(gate, broken), timer, () -> {
            throw own;
        }));

        assertThat(thrown).isSameAs(own);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenACauseCannotBeRead_thenTheLastFailureIsThrownAlone(Way way) {
        SecretCause last = new SecretCause();
        Iterator<RuntimeException> failures =
                List.of(new IllegalStateException("first"), last).iterator();

        Throwable thrown = catchThrowable(() -> way.run(pipeline(gate, Policies.retry(2)), timer, () -> {
            throw failures.next();
        }));

        assertThat(thrown == last).isTrue();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenACallIsTriedForVeryLong_thenOnlyTheLatestFailuresAreKept() {
        int[] attempts = {0};
        Throwable thrown = catchThrowable(() -> pipeline(new Policies.Retry(100_000, 0, failure -> true))
                .call(() -> {
                    throw new IllegalStateException("attempt " + ++attempts[0]);
                }));

        assertThat(thrown).hasMessage("attempt 100000");
        assertThat(thrown.getSuppressed()).hasSizeLessThanOrEqualTo(16);
        assertThat(thrown.getSuppressed()[0]).hasMessage("attempt 99985");
    }

    @Test
    void whenAnInterruptIsWrappedByTheClient_thenItCountsForNothingAndIsNotRetried() {
        Throwable thrown =
                catchThrowable(() -> pipeline(Policies.retry(3), gate).call(() -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(new ClosedByInterruptException());
                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).hasCauseInstanceOf(ClosedByInterruptException.class);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 1 abandoned");
    }

    private static final class Unreadable extends RuntimeException {

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("message");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("text");
        }
    }

    private static final class SecretCause extends RuntimeException {

        @Override
        public synchronized Throwable getCause() {
            throw new UnsupportedOperationException("cause");
        }
    }
}

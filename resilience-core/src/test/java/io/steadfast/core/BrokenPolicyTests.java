package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Ticker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of the application that throws where it may not breaks no call and leaks no permit. */
class BrokenPolicyTests {

    private final HandTimer timer = new HandTimer();

    private final CountingGate gate = new CountingGate();

    private final List<Kind> kinds = new ArrayList<>();

    private final ResilienceListener listener = new ResilienceListener() {
        @Override
        public void policyEvent(PolicyEvent event) {
            kinds.add(event.kind());
        }
    };

    private Pipeline.Builder builder(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("broken").runtime(timer.runtime(listener));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder;
    }

    @ParameterizedTest
    @EnumSource
    void whenJudgeThrows_thenOutcomeStands(Way way) {
        IOException own = new IOException("down");
        Policy broken = new Policies.Retry(3, 0, failure -> {
            throw new IllegalStateException("predicate");
        });
        assertFailsWith(way, own, builder(broken, gate).build());
        assertThat(kinds).containsExactly(Kind.POLICY_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void whenIgnoringPredicateThrows_thenItIgnoresNothing(Way way) {
        IOException own = new IOException("down");
        assertFailsWith(
                way,
                own,
                builder(Policies.retry(1), gate)
                        .ignoring(failure -> {
                            throw new IllegalStateException("predicate");
                        })
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void whenLimitThrows_thenThereIsNone(Way way) {
        TimeLimit broken = new TimeLimit() {
            @Override
            public PolicyId id() {
                return new PolicyId("timeout", "broken");
            }

            @Override
            public long limitNanos(Call call) {
                throw new IllegalStateException("limit");
            }
        };
        assertFailsWith(way, new IOException("down"), builder(gate, broken).build());
        assertThat(kinds).containsExactly(Kind.POLICY_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void whenGateThrowsEverywhereButOnEntry_thenCallGoesOn(Way way) throws Exception {
        Pipeline pipeline = builder(gate, new BrokenGate()).build();
        assertThat(way.run(pipeline, timer, () -> "ok")).isEqualTo("ok");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(kinds).containsExactly(Kind.POLICY_FAILED, Kind.POLICY_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void whenListenerThrows_thenCallGoesOn(Way way) throws Exception {
        ResilienceListener broken = new ResilienceListener() {
            @Override
            public void attemptStarted(Call call) {
                throw new IllegalStateException("listener");
            }

            @Override
            public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
                throw new StackOverflowError();
            }
        };
        Pipeline pipeline = Pipeline.named("call")
                .runtime(timer.runtime(broken))
                .policy(gate)
                .build();
        assertThat(way.run(pipeline, timer, () -> "ok")).isEqualTo("ok");
        assertThat(gate.succeeded).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheJvmFailsASmallStepInside_thenThePermitIsBackAndTheCallerHears(Way way) {
        OutOfMemoryError error = new OutOfMemoryError("thrown on purpose");
        AtomicInteger readings = new AtomicInteger();
        Ticker failing = () -> {
            if (readings.incrementAndGet() == 1) {
                throw error;
            }
            return 0;
        };
        Pipeline pipeline = Pipeline.named("call")
                .runtime(new PolicyRuntime(failing, timer, listener))
                .policy(gate)
                .policy(Policies.limit("attempt", Duration.ofSeconds(1)))
                .build();
        assertThat(catchThrowable(() -> way.run(pipeline, timer, () -> "ok"))).isSameAs(error);
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    private void assertFailsWith(Way way, IOException own, Pipeline pipeline) {
        assertThat(catchThrowable(() -> way.run(pipeline, timer, () -> {
                    throw own;
                })))
                .isSameAs(own)
                .hasNoSuppressedExceptions();
        assertThat(gate.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
    }

    private static final class BrokenGate implements Gate, Permit {

        @Override
        public PolicyId id() {
            return new PolicyId("gate", "broken");
        }

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public boolean timed() {
            throw new IllegalStateException("timed");
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, Object result) {
            throw new IllegalStateException("succeeded");
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            throw new IllegalStateException("failed");
        }

        @Override
        public void abandoned(Call call) {
            throw new IllegalStateException("abandoned");
        }
    }
}

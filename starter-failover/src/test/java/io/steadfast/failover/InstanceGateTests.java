package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.Call;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Gate;
import io.steadfast.core.NoInstanceException;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gates that instances have of their own, such as a circuit breaker each. */
class InstanceGateTests {

    private final Map<String, Duration> shut = new HashMap<>();

    private int settled;

    private Bench bench(String... ids) {
        EjectionConfig ejection = EjectionConfig.builder()
                .instanceGate(instance -> {
                    if (instance.id().equals("broken")) {
                        throw new IllegalStateException("no gate for you");
                    }
                    return new Door(instance.id());
                })
                .build();
        return Bench.of(config -> config.ejection(ejection), ids);
    }

    @Test
    void whenAnInstancesGateRefuses_thenTheNextInstanceIsTaken() {
        Bench bench = bench("a", "b", "c");
        shut.put("a", Duration.ofSeconds(5));
        assertThat(Set.copyOf(bench.next(9))).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void whenAllRefuse_thenSoDoesThePoolAndSaysWhenToComeBack() {
        Bench bench = bench("a", "b");
        shut.put("a", Duration.ofSeconds(5));
        shut.put("b", Duration.ofSeconds(3));
        assertThatExceptionOfType(NoInstanceException.class)
                .isThrownBy(bench::attempt)
                .satisfies(refusal -> assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(3)));
        assertThat(bench.inFlight()).isZero();
    }

    @Test
    void whenOnlyOneTriedBeforeLetsTheCallIn_thenItIsTakenAgain() {
        Bench bench = bench("a", "b");
        shut.put("a", Duration.ofSeconds(5));
        Call call = bench.call();
        Bench.Attempt first = bench.attempt(call);
        first.fails();
        assertThat(bench.attempt(call).id()).isEqualTo("b");
    }

    @Test
    void whenTheAttemptEnds_thenTheGatesPermitIsSettledWithIt() {
        Bench bench = bench("a");
        bench.attempt().succeeds();
        bench.attempt().fails();
        bench.attempt().abandoned();
        assertThat(settled).isEqualTo(3);
    }

    @Test
    void whenAGateCannotBeMade_thenTheInstanceIsUsedWithout() {
        Bench bench = bench("broken");
        assertThat(bench.attempt().id()).isEqualTo("broken");
        assertThat(bench.listener.kinds()).containsExactly(PolicyEvent.Kind.POLICY_FAILED);
    }

    private final class Door implements Gate, Permit {

        private final String instance;

        Door(String instance) {
            this.instance = instance;
        }

        @Override
        public PolicyId id() {
            return new PolicyId("door", instance);
        }

        @Override
        public Permit acquire(Call call) {
            if (shut.containsKey(instance)) {
                throw new CircuitOpenException(call.name(), "open", shut.get(instance), false);
            }
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, @Nullable Object result) {
            settled++;
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            settled++;
        }

        @Override
        public void abandoned(Call call) {
            settled++;
        }
    }
}

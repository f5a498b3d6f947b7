package io.steadfast.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.core.Call;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.TimeLimit;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.SteeredPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import org.junit.jupiter.api.Test;

class TroubleTests {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    @Test
    void whenStatesAreFine_thenNone() {
        assertThat(trouble(limit(Map.of("state", "CLOSED")), new ToyRetryPolicy("stock", 3).balance(1)))
                .isEmpty();
    }

    @Test
    void whenAStateIsNotClosed_thenTheState() {
        assertThat(trouble(limit(Map.of("state", "HALF_OPEN")))).contains("timeout 'stock' is HALF_OPEN");
    }

    @Test
    void whenAPolicyNamesItsTrouble_thenItsWords() {
        assertThat(trouble(limit(Map.of("state", "OPEN", "trouble", "3 of 4 instances are ejected"))))
                .contains("timeout 'stock' 3 of 4 instances are ejected");
    }

    @Test
    void whenAPoolIsInPanic_thenHowManyInstancesAreInService() {
        List<Map<String, String>> instances =
                List.of(Map.of("status", "available"), Map.of("status", "ejected"), Map.of("status", "draining"));

        assertThat(trouble(limit(Map.of("panic", true, "instances", instances))))
                .contains("timeout 'stock' is in panic: 1 of 3 instances in service");
        assertThat(trouble(limit(Map.of("panic", true)))).contains("timeout 'stock' is in panic");
        assertThat(trouble(limit(Map.of("panic", false, "instances", instances))))
                .isEmpty();
    }

    @Test
    void whenTheBudgetIsEmpty_thenThat() {
        assertThat(trouble(new ToyRetryPolicy("stock", 3).balance(0))).contains("retry 'stock' has no retries left");
    }

    @Test
    void whenSeveralAreInTrouble_thenAllOutermostFirst() {
        assertThat(trouble(new ToyRetryPolicy("stock", 3).balance(0), limit(Map.of("state", "OPEN"))))
                .contains("retry 'stock' has no retries left; timeout 'stock' is OPEN");
    }

    @Test
    void whenAPolicyThrewWithinTheLastMinute_thenWhatItThrew() {
        List<SteeredPolicy> call = call(limit(Map.of()));

        assertThat(Trouble.of(call, List.of(failed(NOW.minusSeconds(59))), NOW))
                .contains("timeout 'stock' threw: NullPointerException");
        assertThat(Trouble.of(call, List.of(failed(NOW.minusSeconds(61))), NOW)).isEmpty();
    }

    private static RecordedEvent failed(Instant at) {
        return new RecordedEvent(
                0, at, Kind.POLICY_FAILED, new PolicyId("timeout", "stock"), "stock", "NullPointerException");
    }

    private static Optional<String> trouble(Policy... policies) {
        return Trouble.of(call(policies), List.of(), NOW);
    }

    private static List<SteeredPolicy> call(Policy... policies) {
        return Arrays.stream(policies)
                .map(policy -> new SteeredPolicy(new GuardedPolicy(PolicySlot.of(policy), Map.of()), Optional.empty()))
                .toList();
    }

    private static TimeLimit limit(Map<String, Object> snapshot) {
        return new TimeLimit() {
            @Override
            public long limitNanos(Call call) {
                return 0;
            }

            @Override
            public PolicyId id() {
                return new PolicyId("timeout", "stock");
            }

            @Override
            public Map<String, Object> snapshot() {
                return snapshot;
            }
        };
    }
}

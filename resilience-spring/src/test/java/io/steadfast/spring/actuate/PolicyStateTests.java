package io.steadfast.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import org.junit.jupiter.api.Test;

/** Policies are written by anybody. */
class PolicyStateTests implements Gate {

    private Map<String, Object> snapshot = new HashMap<>();

    @Test
    void whenAPolicySaysNothing_thenItIsUnreadable() {
        snapshot = null;

        assertThat(read().unreadable()).contains("NullPointerException");
        assertThat(read().shown()).containsOnlyKeys("unreadable");
    }

    @Test
    void whenAStateHoldsItself_thenItIsUnreadable() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        cyclic.add(cyclic);
        snapshot.put("cyclic", Map.of("in", cyclic));

        assertThat(read().unreadable()).contains("nested too deeply");
    }

    @Test
    void whenAValueThrowsAsText_thenItIsUnreadable() {
        snapshot.put("odd", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        });

        assertThat(read().unreadable()).contains("no text");
    }

    @Test
    void whenANumberGoesOn_thenEachReadingIsOfItsMoment() {
        AtomicInteger counter = new AtomicInteger(1);
        snapshot.put("counter", counter);
        PolicyState before = read();
        counter.incrementAndGet();

        assertThat(before.values()).containsEntry("counter", 1L);
        assertThat(read().values()).containsEntry("counter", 2L);
    }

    @Test
    void whenNumbersAreOdd_thenTheyStayNumbers() {
        DoubleAdder half = new DoubleAdder();
        half.add(0.5);
        snapshot.put("half", half);
        snapshot.put("none", Double.NaN);
        snapshot.put("large", new BigDecimal("1e400"));
        snapshot.put("absent", null);

        assertThat(read().values())
                .containsEntry("half", 0.5)
                .containsEntry("none", Double.NaN)
                .containsEntry("large", new BigDecimal("1e400"))
                .containsEntry("absent", null);
    }

    private PolicyState read() {
        return PolicyState.of(PolicySlot.of(this));
    }

    @Override
    public PolicyId id() {
        return new PolicyId("odd", "one");
    }

    @Override
    public Permit acquire(Call call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> snapshot() {
        return snapshot;
    }
}

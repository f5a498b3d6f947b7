package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

class PolicySlotTests {

    @Test
    void whenReplacedUnderLoad_thenEachPermitIsSettledByTheGateThatGaveIt() {
        List<CountingGate> gates = new ArrayList<>(List.of(new CountingGate()));
        PolicySlot<?> slot = PolicySlot.of(gates.get(0));
        Pipeline pipeline = Pipeline.named("call").slot(slot).build();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> {
            int calls = 0;
            for (; !stop.get() || calls < 1_000; calls++) {
                pipeline.callAsync(() -> CompletableFuture.completedFuture("ok"));
            }
            return calls;
        });
        for (int i = 0; i < 2_000; i++) {
            CountingGate next = new CountingGate();
            assertThat(slot.replace(next)).isSameAs(gates.get(i));
            gates.add(next);
        }
        stop.set(true);
        int calls = load.join();
        assertThat(gates).allMatch(gate -> gate.settled() == gate.acquired.get());
        assertThat(gates.stream().mapToInt(CountingGate::settled).sum()).isEqualTo(calls);
    }

    @Test
    void whenShapeOrIdDiffers_thenReplacementIsRefusedAndNothingChanges() {
        CountingGate gate = new CountingGate();
        PolicySlot<?> slot = PolicySlot.of(gate);
        assertThatIllegalArgumentException().isThrownBy(() -> slot.replace(Policies.retry(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slot.replace(new Policies.Limit("test", 1)))
                .withMessageContaining("counting 'test'");
        assertThat(slot.policy()).isSameAs(gate);
    }
}

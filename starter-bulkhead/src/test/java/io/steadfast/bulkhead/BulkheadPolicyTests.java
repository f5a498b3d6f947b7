package io.steadfast.bulkhead;

import static io.steadfast.bulkhead.Priority.CRITICAL;
import static io.steadfast.bulkhead.Priority.NORMAL;
import static io.steadfast.bulkhead.Priority.SHEDDABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Ticker;
import io.steadfast.test.GateContract;
import org.junit.jupiter.api.Test;

/** A bulkhead with a fixed limit and without a queue. */
class BulkheadPolicyTests extends GateContract {

    private static final PolicyId ID = new PolicyId(BulkheadPolicy.KIND, "contract");

    private final Call call = Call.of("stock");

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return new BulkheadPolicy(ID, BulkheadConfig.defaults(), runtime);
    }

    /** Its one place is taken. */
    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        Gate full = new BulkheadPolicy(
                ID, BulkheadConfig.builder().maxConcurrentCalls(1).build(), runtime);
        full.acquire(call);
        return full;
    }

    @Override
    protected int permitsInUse(Gate gate) {
        int taken = gate.snapshot().get("limit").equals(1) ? 1 : 0;
        return (int) gate.snapshot().get("in-flight") - taken;
    }

    @Test
    void whenAsManyAsAllowedAreIn_thenTheNextIsRefusedAndNobodyKnowsWhenToComeBack() {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(3));
        calls.enter();
        calls.enter();
        Permit third = calls.enter();

        assertThat(calls.refusal(NORMAL)).hasMessage("Call 'stock' was refused: too many calls are in flight");
        assertThat(calls.refusal(NORMAL).retryAfter()).isEmpty();
        calls.leave(third);
        assertThat(calls.isRefused(NORMAL)).isFalse();
        assertThat(calls.inFlight()).isEqualTo(2);
    }

    @Test
    void whenACallEndsInWhateverWay_thenItsPlaceIsFreeOnce() {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(4));
        List<Permit> in = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            in.add(calls.enter());
        }
        in.get(0).succeeded(call, 0, null);
        in.get(1).failed(call, 0, new IOException("down"));
        in.get(2).failed(call, 0, new NoClassDefFoundError("gone"));
        in.get(3).abandoned(call);

        assertThat(calls.inFlight()).isZero();
    }

    @Test
    void whenTheLimitIsFixed_thenNoClockIsRead() {
        Ticker untouchable = () -> {
            throw new AssertionError("the clock was read");
        };
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(1), untouchable);

        assertThat(calls.bulkhead.timed()).isFalse();
        Permit permit = calls.enter();
        assertThat(calls.isRefused(NORMAL)).isTrue();
        calls.leave(permit);
        assertThat(calls.bulkhead.snapshot())
                .containsExactly(entry("in-flight", 0), entry("limit", 1), entry("queued", 0));
    }

    @Test
    void whenAllCallsAreOfOneClass_thenTheyHaveTheWholeLimit() {
        for (Priority only : Priority.values()) {
            Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(10));
            for (int i = 0; i < 10; i++) {
                calls.enter(only);
            }
            assertThat(calls.isRefused(only)).isTrue();
        }
    }

    @Test
    void whenHigherClassesAreUsed_thenSheddableCallsAreRefusedFirstAndCriticalOnesLast() {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(10));
        assertThat(calls.isRefused(CRITICAL)).isFalse();
        assertThat(calls.isRefused(NORMAL)).isFalse();
        for (int i = 0; i < 8; i++) {
            calls.enter(SHEDDABLE);
        }
        assertThat(calls.isRefused(SHEDDABLE)).isTrue();
        calls.enter(NORMAL);
        assertThat(calls.isRefused(NORMAL)).isTrue();
        calls.enter(CRITICAL);
        assertThat(calls.isRefused(CRITICAL)).isTrue();
        assertThat(calls.bulkhead.snapshot())
                .containsExactly(
                        entry("in-flight", 10),
                        entry("limit", 10),
                        entry("queued", 0),
                        entry("limit-normal", 9),
                        entry("limit-sheddable", 8));
    }

    @Test
    void whenCallsOfALowerClassFillItBeforeAHigherOneComes_thenWhatTheyLeaveIsKeptForThatOne() {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(10));
        List<Permit> in = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            in.add(calls.enter(SHEDDABLE));
        }
        assertThat(calls.isRefused(CRITICAL)).isTrue();

        calls.leave(in.get(0));
        assertThat(calls.isRefused(SHEDDABLE)).isTrue();
        assertThat(calls.isRefused(CRITICAL)).isFalse();
    }

    @Test
    void whenACallHasNoPriority_thenItIsNormal() {
        Calls calls = new Calls(BulkheadConfig.builder().maxConcurrentCalls(2));
        calls.bulkhead.acquire(call);

        assertThat(calls.isRefused(SHEDDABLE)).isTrue();
        assertThat(calls.isRefused(NORMAL)).isFalse();
        assertThat(calls.bulkhead.snapshot())
                .containsEntry("limit-sheddable", 1)
                .doesNotContainKey("limit-normal");
    }
}

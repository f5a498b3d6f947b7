package io.steadfast.bulkhead;

import static io.steadfast.bulkhead.AdaptiveAlgorithm.GRADIENT;
import static io.steadfast.bulkhead.AdaptiveAlgorithm.VEGAS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Gate;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.test.GateContract;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

/** A bulkhead with an adaptive limit: what is a sample, what is a drop, and when the limit moves. */
class AdaptiveLimitTests extends GateContract {

    private static final Duration USUAL = Duration.ofMillis(50);

    private final ManualTicker ticker = new ManualTicker();

    private final Call call = Call.of("stock");

    @Override
    protected Gate openGate(PolicyRuntime runtime) {
        return gate(runtime, 5);
    }

    /** Its one place is taken. */
    @Override
    protected Gate shutGate(PolicyRuntime runtime) {
        Gate full = gate(runtime, 1);
        full.acquire(call);
        return full;
    }

    private static Gate gate(PolicyRuntime runtime, int limit) {
        BulkheadConfig config = BulkheadConfig.builder()
                .adaptive(AdaptiveLimitConfig.of(GRADIENT).withLimits(limit, 1, limit))
                .build();
        return new BulkheadPolicy(new PolicyId(BulkheadPolicy.KIND, "contract"), config, runtime);
    }

    @Override
    protected int permitsInUse(Gate gate) {
        int taken = gate.snapshot().get("limit").equals(1) ? 1 : 0;
        return (int) gate.snapshot().get("in-flight") - taken;
    }

    private Calls bulkhead(AdaptiveAlgorithm algorithm) {
        return new Calls(
                BulkheadConfig.builder()
                        .adaptive(AdaptiveLimitConfig.of(algorithm).withLimits(20, 5, 100)),
                ticker);
    }

    /** A window in which so many calls are in flight together and each takes so long; then more than a second is over. */
    private void window(Calls calls, int inFlight, Duration each) {
        List<Permit> in = new ArrayList<>();
        for (int i = 0; i < inFlight; i++) {
            in.add(calls.enter());
        }
        ticker.advance(Duration.ofMillis(1100));
        in.forEach(permit -> permit.succeeded(call, each.toNanos(), "ok"));
    }

    @Test
    void whenCallsAreQuick_thenTheLimitRises() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            Calls calls = bulkhead(algorithm);
            for (int i = 0; i < 10; i++) {
                window(calls, 20, USUAL);
            }
            assertThat(calls.limit()).isGreaterThan(20);
            assertThat(calls.bulkhead.timed()).isTrue();
        }
    }

    @Test
    void whenCallsBecomeSlow_thenTheLimitFallsButNotBelowItsFloor() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            Calls calls = bulkhead(algorithm);
            for (int i = 0; i < 15; i++) {
                window(calls, 20, USUAL);
            }
            int before = calls.limit();
            for (int i = 0; i < 200; i++) {
                window(calls, calls.limit(), USUAL.multipliedBy(10));
                assertThat(calls.limit()).isBetween(5, before);
            }
            assertThat(calls.limit()).isLessThan(before / 2);
        }
    }

    @Test
    void whenAWindowHasFewerThanTenCalls_thenItGoesOn() {
        Calls calls = bulkhead(VEGAS);
        for (int i = 0; i < 9; i++) {
            window(calls, 1, USUAL);
        }
        assertThat(calls.bulkhead.snapshot()).containsEntry("mean-latency-ms", 0.0);
        window(calls, 1, USUAL);
        assertThat(calls.bulkhead.snapshot()).containsEntry("mean-latency-ms", 50.0);
    }

    @Test
    void whenAWindowIsShorterThanTwoCalls_thenItGoesOn() {
        Calls calls = bulkhead(VEGAS);
        Duration slow = Duration.ofSeconds(2);
        window(calls, 10, slow);
        window(calls, 10, slow.multipliedBy(2));
        assertThat(calls.bulkhead.snapshot()).containsEntry("mean-latency-ms", 2000.0);
        window(calls, 10, slow.multipliedBy(2));
        window(calls, 10, slow.multipliedBy(2));
        window(calls, 10, slow.multipliedBy(2));
        assertThat(calls.bulkhead.snapshot()).containsEntry("mean-latency-ms", 4000.0);
    }

    @Test
    void whenCallsAreCancelled_thenTheyAreNoSample() {
        Calls calls = bulkhead(GRADIENT);
        for (int i = 0; i < 100; i++) {
            ticker.advance(Duration.ofSeconds(1));
            calls.enter().abandoned(call);
        }
        assertThat(calls.bulkhead.snapshot())
                .containsEntry("mean-latency-ms", 0.0)
                .containsEntry("limit", 20);
    }

    @Test
    void whenCallsFail_thenTheyAreNoSampleHoweverQuickOrSlow() {
        Calls calls = bulkhead(GRADIENT);
        window(calls, 10, USUAL);
        for (int i = 0; i < 100; i++) {
            ticker.advance(Duration.ofSeconds(1));
            calls.enter().failed(call, 1, new IOException("refused"));
            calls.enter().failed(call, Duration.ofMinutes(1).toNanos(), new NoClassDefFoundError("gone"));
        }
        assertThat(calls.bulkhead.snapshot())
                .containsEntry("mean-latency-ms", 50.0)
                .containsEntry("limit", 20)
                .containsEntry("drops", 0);
    }

    @Test
    void whenCallsTimeOut_thenTheLimitFalls() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            Calls calls = bulkhead(algorithm);
            window(calls, 20, USUAL);
            int before = calls.limit();
            for (int i = 0; i < 10; i++) {
                drops(calls, 20, new CallTimeoutException("stock", Duration.ofSeconds(1)), Duration.ofSeconds(1));
            }
            assertThat(calls.limit()).isLessThan(before);
            assertThat((int) calls.bulkhead.snapshot().get("drops")).isPositive();
        }
    }

    @Test
    void whenTheTargetRefusesQuickly_thenItIsNotTakenForAQuickTarget() {
        for (AdaptiveAlgorithm algorithm : AdaptiveAlgorithm.values()) {
            Calls calls = bulkhead(algorithm);
            window(calls, 20, USUAL);
            int before = calls.limit();
            for (int i = 0; i < 10; i++) {
                drops(calls, 20, new BulkheadFullException("behind the target", null), Duration.ofMillis(1));
            }
            assertThat(calls.limit()).isLessThan(before);
            assertThat((double) calls.bulkhead.snapshot().get("baseline-latency-ms"))
                    .isGreaterThanOrEqualTo(50);
        }
    }

    private void drops(Calls calls, int inFlight, Throwable failure, Duration each) {
        List<Permit> in = new ArrayList<>();
        for (int i = 0; i < Math.min(inFlight, calls.limit()); i++) {
            in.add(calls.enter());
        }
        ticker.advance(Duration.ofMillis(2500));
        in.forEach(permit -> permit.failed(call, each.toNanos(), failure));
    }

    @Test
    void whenACallIsRefused_thenItIsToldHowLongCallsTake() {
        Calls calls = bulkhead(GRADIENT);
        for (int i = 0; i < 20; i++) {
            calls.enter();
        }
        assertThat(calls.refusal(Priority.NORMAL).retryAfter()).isEmpty();

        Calls known = bulkhead(GRADIENT);
        window(known, 10, USUAL);
        for (int i = 0; i < 20; i++) {
            known.enter();
        }
        assertThat(known.refusal(Priority.NORMAL).retryAfter()).contains(USUAL);
        assertThat(known.refusal(Priority.NORMAL))
                .hasMessage("Call 'stock' was refused: too many calls are in flight; try again in 50 ms");
    }

    @Test
    void whenCallsFindNoRoomForFiveWindows_thenLatencyWithoutAQueueIsLookedFor() {
        Calls calls = bulkhead(GRADIENT);
        for (int i = 0; i < 5; i++) {
            fullWindow(calls, Duration.ofMillis(200));
        }
        assertThat(calls.bulkhead.snapshot()).containsEntry("probing", true).containsEntry("limit", 6);

        oneByOne(calls, 20, Duration.ofMillis(200), Duration.ofSeconds(1)); // began under the higher limit
        oneByOne(calls, 40, USUAL, Duration.ofSeconds(2));
        assertThat(calls.bulkhead.snapshot()).containsEntry("probing", false);
        assertThat((double) calls.bulkhead.snapshot().get("baseline-latency-ms"))
                .isBetween(50.0, 100.0);
        assertThat(calls.limit()).isBetween(20, 25);
    }

    @Test
    void whenThereIsRoomNowAndThen_thenTheLimitIsNotLowered() {
        Calls calls = bulkhead(GRADIENT);
        for (int i = 0; i < 100; i++) {
            if (i % 5 == 4) {
                window(calls, 10, USUAL);
            } else {
                fullWindow(calls, USUAL);
            }
            assertThat(calls.bulkhead.snapshot()).containsEntry("probing", false);
        }
    }

    private void fullWindow(Calls calls, Duration each) {
        List<Permit> in = new ArrayList<>();
        int limit = calls.limit();
        for (int i = 0; i < limit; i++) {
            in.add(calls.enter());
        }
        assertThat(calls.isRefused(Priority.NORMAL)).isTrue();
        ticker.advance(Duration.ofMillis(1100));
        in.forEach(permit -> permit.succeeded(call, each.toNanos(), "ok"));
    }

    /** So many calls one after the other. */
    private void oneByOne(Calls calls, int number, Duration each, Duration inAll) {
        for (int i = 0; i < number; i++) {
            Permit permit = calls.enter();
            ticker.advance(inAll.dividedBy(number));
            permit.succeeded(call, each.toNanos(), "ok");
        }
    }

    @Test
    void whenAskedAtNight_thenTheSnapshotSaysWhereTheLimitComesFrom() {
        Calls calls = bulkhead(VEGAS);
        window(calls, 10, USUAL);

        assertThat(calls.bulkhead.snapshot())
                .containsEntry("algorithm", "vegas")
                .containsEntry("mean-latency-ms", 50.0)
                .containsEntry("baseline-latency-ms", 50.0)
                .containsEntry("most-in-flight", 10)
                .containsEntry("drops", 0)
                .containsEntry("probing", false)
                .containsKeys("in-flight", "limit", "queued");
    }
}

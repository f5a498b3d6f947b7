package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Pipeline;
import org.junit.jupiter.api.Test;

/** What a call pays that finds room. Time is measured in benchmarks; bytes and clock readings are exact. */
class CostTests {

    private final Call call = Call.of("stock");

    @Test
    void whenTheLimitIsFixed_thenNothingIsAllocated() {
        BulkheadPolicy bulkhead = BulkheadPolicy.of("stock", BulkheadConfig.defaults());

        assertThat(Allocation.perRun(() -> bulkhead.acquire(call).succeeded(call, 0, "ok")))
                .isZero();
    }

    @Test
    void whenThereIsAQueueAndNobodyWaits_thenNothingIsAllocated() {
        BulkheadPolicy bulkhead = BulkheadPolicy.of(
                "stock",
                BulkheadConfig.builder().maxWaitDuration(Duration.ofSeconds(1)).build());
        Call critical = Calls.of(Priority.CRITICAL);

        assertThat(Allocation.perRun(() -> bulkhead.acquire(critical).succeeded(critical, 0, "ok")))
                .isZero();
    }

    @Test
    void whenTheLimitIsAdaptive_thenNothingIsAllocatedPerCall() {
        BulkheadPolicy bulkhead = BulkheadPolicy.of(
                "stock",
                BulkheadConfig.builder()
                        .adaptive(AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT))
                        .build());

        assertThat(Allocation.perRun(() -> bulkhead.acquire(call).succeeded(call, 50_000, "ok")))
                .isZero();
    }

    @Test
    void whenTheLimitIsAdaptive_thenTheClockIsReadAtEveryTenthCall() {
        AtomicInteger readings = new AtomicInteger();
        Calls calls = new Calls(
                BulkheadConfig.builder().adaptive(AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT)),
                readings::incrementAndGet);
        readings.set(0);
        for (int i = 0; i < 1000; i++) {
            calls.enter().succeeded(call, 50_000, "ok");
        }
        assertThat(readings).hasValue(100);
    }

    @Test
    void whenAPipelineHasABulkheadInIt_thenACallCostsNoMoreBytesThanWithout() {
        Pipeline without = Pipeline.of("stock");
        Pipeline with = Pipeline.of("stock", BulkheadPolicy.of("stock", BulkheadConfig.defaults()));

        assertThat(Allocation.perRun(() -> run(with))).isLessThanOrEqualTo(Allocation.perRun(() -> run(without)));
    }

    private static void run(Pipeline pipeline) {
        try {
            pipeline.call(() -> "ok");
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}

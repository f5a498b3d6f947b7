package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;

import io.steadfast.core.InvalidSettingsException;
import org.junit.jupiter.api.Test;

class BulkheadConfigTests {

    private static final AdaptiveLimitConfig GRADIENT = AdaptiveLimitConfig.of(AdaptiveAlgorithm.GRADIENT);

    @Test
    void whenNothingIsSet_thenThereAre25PlacesAndNobodyWaits() {
        assertThat(BulkheadConfig.defaults())
                .isEqualTo(new BulkheadConfig(25, Duration.ZERO, null, QueueOrder.FIFO, null));
    }

    @Test
    void whenEverythingIsSet_thenEverythingIsKept() {
        AdaptiveLimitConfig adaptive = AdaptiveLimitConfig.of(AdaptiveAlgorithm.VEGAS)
                .withLimits(10, 2, 50)
                .withWindow(Duration.ofMillis(200));
        BulkheadConfig config = BulkheadConfig.builder()
                .maxConcurrentCalls(7)
                .maxWaitDuration(Duration.ofMillis(300))
                .queueCapacity(3)
                .queueOrder(QueueOrder.LIFO)
                .adaptive(adaptive)
                .build();

        assertThat(config).isEqualTo(new BulkheadConfig(7, Duration.ofMillis(300), 3, QueueOrder.LIFO, adaptive));
        assertThat(adaptive)
                .isEqualTo(new AdaptiveLimitConfig(AdaptiveAlgorithm.VEGAS, 10, 2, 50, Duration.ofMillis(200)));
    }

    @Test
    void whenTheLimitIsAdaptive_thenWhatIsLeftOutFollowsTheFixedLimit() {
        assertThat(BulkheadConfig.builder().adaptive(GRADIENT).build().firstLimit())
                .isEqualTo(25);
        assertThat(GRADIENT.lowest(25)).isEqualTo(5);
        assertThat(GRADIENT.highest(25)).isEqualTo(200);
        assertThat(GRADIENT.lowest(3)).isEqualTo(3);
        assertThat(GRADIENT.highest(500)).isEqualTo(500);
    }

    @Test
    void whenTheLimitIsBelowOne_thenItIsRefused() {
        refused(
                BulkheadConfig.builder().maxConcurrentCalls(0),
                "max-concurrent-calls must be between 1 and 1000000, but is 0");
        refused(
                BulkheadConfig.builder().maxConcurrentCalls(1_000_001),
                "max-concurrent-calls must be between 1 and 1000000, but is 1000001");
        refused(
                adaptive(GRADIENT.withLimits(0, 1, 2)),
                "adaptive.initial-limit must be between 1 and 1000000, but is 0; adaptive.initial-limit and "
                        + "adaptive.min-limit contradict each other: the limit begins at 0, below its floor of 1");
        refused(adaptive(GRADIENT.withLimits(1, 0, 2)), "adaptive.min-limit must be between 1 and 1000000, but is 0");
        refused(
                adaptive(GRADIENT.withLimits(1, 1, 1_000_001)),
                "adaptive.max-limit must be between 1 and 1000000, but is 1000001");
    }

    @Test
    void whenThereIsAQueueWithoutAWait_thenItIsRefused() {
        refused(
                BulkheadConfig.builder().queueCapacity(10),
                "queue-capacity and max-wait-duration contradict each other: up to 10 calls may wait, but none of them for"
                        + " any time; give max-wait-duration a value, or remove queue-capacity");
    }

    @Test
    void whenThereIsAWaitWithoutAQueue_thenItIsRefused() {
        refused(
                BulkheadConfig.builder().queueCapacity(0).maxWaitDuration(Duration.ofMillis(500)),
                "queue-capacity and max-wait-duration contradict each other: a call may wait for 500ms, but in a queue "
                        + "without a place; set queue-capacity to 1 or more, or remove it");
        assertThat(BulkheadConfig.builder().queueCapacity(0).build().queueCapacity())
                .isZero();
    }

    @Test
    void whenWaitOrCapacityIsNegative_thenOnlyThatIsRefused() {
        refused(
                BulkheadConfig.builder().maxWaitDuration(Duration.ofMillis(-1)).queueCapacity(0),
                "max-wait-duration must not be negative, but is -1ms");
        refused(BulkheadConfig.builder().queueCapacity(-1), "queue-capacity must be between 0 and 1000000, but is -1");
    }

    @Test
    void whenTheFloorIsAboveTheCeiling_thenItIsRefusedOnce() {
        refused(
                adaptive(GRADIENT.withLimits(10, 20, 5)),
                "adaptive.min-limit and adaptive.max-limit contradict each other: the floor of 20 is above the ceiling "
                        + "of 5");
    }

    @Test
    void whenTheLimitBeginsOutsideItsBounds_thenTheKeyThatSaysSoIsNamed() {
        refused(
                adaptive(GRADIENT.withLimits(60, 5, 50)),
                "adaptive.initial-limit and adaptive.max-limit contradict each other: the limit begins at 60, above its "
                        + "ceiling of 50");
        refused(
                adaptive(new AdaptiveLimitConfig(AdaptiveAlgorithm.VEGAS, null, 30, null, Duration.ofSeconds(1))),
                "max-concurrent-calls and adaptive.min-limit contradict each other: the limit begins at 25, below its "
                        + "floor of 30");
        refused(
                adaptive(new AdaptiveLimitConfig(AdaptiveAlgorithm.VEGAS, null, null, 20, Duration.ofSeconds(1))),
                "max-concurrent-calls and adaptive.max-limit contradict each other: the limit begins at 25, above its "
                        + "ceiling of 20");
    }

    @Test
    void whenTheWindowIsTooShortOrTooLong_thenItIsRefused() {
        refused(
                adaptive(GRADIENT.withWindow(Duration.ofMillis(9))),
                "adaptive.window must be between 10ms and 1m, but is 9ms");
        refused(
                adaptive(GRADIENT.withWindow(Duration.ofSeconds(61))),
                "adaptive.window must be between 10ms and 1m, but is 61s");
    }

    @Test
    void whenSeveralSettingsMakeNoSense_thenAllAreReportedAtOnce() {
        refused(
                BulkheadConfig.builder()
                        .maxConcurrentCalls(-5)
                        .maxWaitDuration(Duration.ofSeconds(-1))
                        .queueCapacity(-2),
                "max-concurrent-calls must be between 1 and 1000000, but is -5; max-wait-duration must not be negative, "
                        + "but is -1s; queue-capacity must be between 0 and 1000000, but is -2");
    }

    private static BulkheadConfigBuilder adaptive(AdaptiveLimitConfig config) {
        return BulkheadConfig.builder().adaptive(config);
    }

    private static void refused(BulkheadConfigBuilder builder, String text) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(builder::build)
                .withMessage(text);
    }
}

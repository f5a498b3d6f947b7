package io.steadfast.http.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.http.RetryLayer;
import org.junit.jupiter.api.Test;

class RetryLayerAccessorTests {

    private final ContextSnapshotFactory snapshots =
            ContextSnapshotFactory.builder().clearMissing(true).build();

    @Test
    void whenSnapshotIsTakenOfMarkedThread_thenTheMarkHoldsWhereverItIsUsed() throws Exception {
        ContextSnapshot taken = RetryLayer.callRetriedAbove(snapshots::captureAll);
        Callable<Boolean> elsewhere = taken.wrap(RetryLayer::isRetriedAbove);

        assertThat(elsewhere.call()).isTrue();
        assertThat(RetryLayer.isRetriedAbove()).isFalse();
    }

    @Test
    void whenSnapshotIsTakenOfUnmarkedThread_thenNoMarkHoldsInside() throws Exception {
        ContextSnapshot taken = snapshots.captureAll();

        boolean inside = RetryLayer.callRetriedAbove(() -> {
            Callable<Boolean> wrapped = taken.wrap(RetryLayer::isRetriedAbove);
            return wrapped.call();
        });

        assertThat(inside).isFalse();
    }
}

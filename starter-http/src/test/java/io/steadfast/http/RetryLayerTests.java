package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class RetryLayerTests {

    @Test
    void whenNobodySaidSo_thenNothingIsRetriedAbove() {
        assertThat(RetryLayer.isRetriedAbove()).isFalse();
    }

    @Test
    void whenBodyRuns_thenTheMarkHoldsForItOnly() throws Exception {
        boolean inside = RetryLayer.callRetriedAbove(RetryLayer::isRetriedAbove);

        assertThat(inside).isTrue();
        assertThat(RetryLayer.isRetriedAbove()).isFalse();
    }

    @Test
    void whenBodyRunsInsideAnother_thenTheMarkOfTheOuterOneIsKept() throws Exception {
        boolean afterInner = RetryLayer.callRetriedAbove(() -> {
            RetryLayer.callRetriedAbove(() -> "inner");
            return RetryLayer.isRetriedAbove();
        });

        assertThat(afterInner).isTrue();
    }

    @Test
    void whenBodyFails_thenTheMarkIsTakenAway() {
        assertThatThrownBy(() -> RetryLayer.callRetriedAbove(() -> {
                    throw new IOException("down");
                }))
                .isInstanceOf(IOException.class);
        assertThat(RetryLayer.isRetriedAbove()).isFalse();
    }
}

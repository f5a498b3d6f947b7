package io.steadfast.samples.storefront.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacityTests {

    private final Capacity capacity = new Capacity(2);

    @Test
    void whenASecondIsFull_thenFurtherRequestsAreTurnedAway() {
        assertThat(capacity.take(7)).isTrue();
        assertThat(capacity.take(7)).isTrue();
        assertThat(capacity.take(7)).isFalse();
    }

    @Test
    void whenTheNextSecondBegins_thenThereIsRoomAgain() {
        whenASecondIsFull_thenFurtherRequestsAreTurnedAway();

        assertThat(capacity.take(8)).isTrue();
    }
}

package io.steadfast.http.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

class DrainingTests {

    private final Draining draining = new Draining();

    @Test
    void whenTheApplicationHasNotBeenReadyYet_thenItIsNotDraining() {
        assertThat(draining.isUnderWay()).isFalse();
        becomes(ReadinessState.REFUSING_TRAFFIC);
        assertThat(draining.isUnderWay()).isFalse();
    }

    @Test
    void whenItRefusesTrafficAfterHavingBeenReady_thenItIsDraining() {
        becomes(ReadinessState.ACCEPTING_TRAFFIC);
        becomes(ReadinessState.REFUSING_TRAFFIC);
        becomes(ReadinessState.REFUSING_TRAFFIC);
        assertThat(draining.isUnderWay()).isTrue();
    }

    @Test
    void whenItAcceptsTrafficAgain_thenItIsNotDrainingAnyMore() {
        becomes(ReadinessState.ACCEPTING_TRAFFIC);
        becomes(ReadinessState.REFUSING_TRAFFIC);
        becomes(ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(draining.isUnderWay()).isFalse();
    }

    private void becomes(ReadinessState state) {
        draining.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }
}

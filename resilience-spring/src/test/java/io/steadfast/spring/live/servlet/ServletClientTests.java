package io.steadfast.spring.live.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.spring.live.Frame;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;

class ServletClientTests {

    private final ServletClient client = new ServletClient(new ManualTimer());

    private final AtomicInteger left = new AtomicInteger();

    @Test
    void whenNothingIsWritten_thenNoMoreThanTheQueueWaits() {
        fill();

        assertThat(client.offer(new Frame("tick", "{}"))).isFalse();
    }

    @Test
    void whenItHasEnded_thenItsPlaceIsFreeAndNothingWaits() {
        fill();
        client.ended();

        client.occupy(left::incrementAndGet);

        assertThat(left).hasValue(1);
        assertThat(client.offer(new Frame("tick", "{}"))).isTrue();
    }

    private void fill() {
        for (int frame = 0; frame < ServletClient.QUEUE; frame++) {
            assertThat(client.offer(new Frame("tick", "{}"))).isTrue();
        }
    }
}

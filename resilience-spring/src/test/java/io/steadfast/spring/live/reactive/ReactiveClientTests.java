package io.steadfast.spring.live.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import io.steadfast.spring.live.Frame;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ReactiveClientTests {

    private final ManualTimer timer = new ManualTimer();

    private final Connection connection = new Connection();

    private final OpenResponse response = new OpenResponse(connection, timer);

    private final ReactiveClient client = new ReactiveClient(Optional.of(response));

    @Test
    void whenNothingIsAskedFor_thenNoMoreThanTheQueueWaits() {
        StepVerifier.create(client.frames(), 0)
                .then(() -> {
                    for (int frame = 0; frame < ReactiveClient.QUEUE; frame++) {
                        assertThat(client.offer(new Frame("tick", "{}"))).isTrue();
                    }
                    assertThat(client.offer(new Frame("tick", "{}"))).isFalse();
                    client.ended();
                })
                .verifyComplete();
    }

    @Test
    void whenItsEndIsNotRead_thenTheConnectionIsClosedAfterASecond() {
        client.ended();
        assertThat(connection.closed).isFalse();

        timer.advance(Duration.ofSeconds(1));

        assertThat(connection.closed).isTrue();
    }

    @Test
    void whenItsEndIsRead_thenTheConnectionIsLeftToTheNextRequest() {
        client.ended();
        response.finished();

        timer.advance(Duration.ofSeconds(1));

        assertThat(connection.closed).isFalse();
        assertThat(timer.pendingTasks()).isZero();
    }

    /** As Reactor Netty's: its response is its connection. */
    private static final class Connection extends MockServerHttpResponse implements Disposable {

        private boolean closed;

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getNativeResponse() {
            return (T) this;
        }

        @Override
        public void dispose() {
            closed = true;
        }
    }
}

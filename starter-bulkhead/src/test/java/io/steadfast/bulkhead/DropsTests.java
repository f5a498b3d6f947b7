package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.Deadline;
import io.steadfast.core.RetryAfter;
import io.steadfast.core.time.Ticker;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

class DropsTests {

    private final Call call = Call.of("stock");

    @Test
    void whenTheCallTimedOut_thenItIsADrop() {
        assertThat(isDrop(new CallTimeoutException("stock", Duration.ofSeconds(1))))
                .isTrue();
        assertThat(isDrop(new TimeoutException())).isTrue();
        assertThat(isDrop(new SocketTimeoutException())).isTrue();
        assertThat(isDrop(new InterruptedException())).isTrue();
        assertThat(isDrop(new IOException(new ClosedByInterruptException()))).isTrue();
        assertThat(isDrop(new CompletionException(new IOException(new SocketTimeoutException()))))
                .isTrue();
    }

    @Test
    void whenTheTargetRefused_thenItIsADrop() {
        assertThat(isDrop(new RejectedExecutionException("pool is full"))).isTrue();
        assertThat(isDrop(new BulkheadFullException("another call", null))).isTrue();
        assertThat(isDrop(new IllegalStateException(new TooManyRequests()))).isTrue();
    }

    @Test
    void whenAGateFurtherInRefusedTheCall_thenTheTargetHasNoPartInIt() {
        assertThat(isDrop(new BulkheadFullException("stock", null))).isFalse();
        assertThat(isDrop(new CircuitOpenException("stock", "open", null, false)))
                .isFalse();
    }

    @Test
    void whenTheTargetFailed_thenItIsNoDrop() {
        assertThat(isDrop(new IOException("connection reset"))).isFalse();
        assertThat(isDrop(new NoClassDefFoundError())).isFalse();
        assertThat(isDrop(new IllegalStateException(new IOException()))).isFalse();
    }

    @Test
    void whenTheTargetFailedAfterTheCallsDeadline_thenItIsADropWhateverItSays() throws Exception {
        IOException reset = new IOException("connection reset");
        assertThat(Deadline.in(Duration.ZERO, Ticker.system())
                        .<Boolean>call(() -> Drops.isDrop(Call.of("late"), reset)))
                .isTrue();
        assertThat(Deadline.in(Duration.ofDays(1), new ManualTicker())
                        .<Boolean>call(() -> Drops.isDrop(Call.of("in time"), reset)))
                .isFalse();
    }

    @Test
    void whenCausesRunInACircle_thenTheSearchEnds() {
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);

        assertThat(isDrop(one)).isFalse();
    }

    private boolean isDrop(Throwable failure) {
        return Drops.isDrop(call, failure);
    }

    private static final class TooManyRequests extends RuntimeException implements RetryAfter {

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofSeconds(1));
        }
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads, many rounds, and one question after each: is every permit settled, exactly once, and does the call end? */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancelRaceTests {

    private static final int ROUNDS = 5_000;

    private final CountingGate outer = new CountingGate();

    private final CountingGate inner = new CountingGate();

    private final AtomicInteger completions = new AtomicInteger();

    private Pipeline pipeline(Timer timer, Duration attempt) {
        return Pipeline.named("call")
                .runtime(new PolicyRuntime(Ticker.system(), timer, new ResilienceListener() {
                    @Override
                    public void callCompleted(Call call, Outcome outcome, long elapsedNanos, Throwable failure) {
                        completions.incrementAndGet();
                    }
                }))
                .policy(outer)
                .policy(Policies.limit("total", Duration.ofMinutes(1)))
                .policy(new Policies.Retry(3, 0, failure -> true))
                .policy(Policies.limit("attempt", attempt))
                .policy(inner)
                .build();
    }

    private static void race(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                start.await();
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
            other.run();
        });
        start.await();
        one.run();
        second.join();
    }

    private void assertAllSettled(int calls) {
        assertThat(completions).hasValue(calls);
        assertThat(outer.acquired).hasValue(calls);
        assertThat(outer.settled()).isEqualTo(calls);
        assertThat(inner.settled()).isEqualTo(inner.acquired.get());
    }

    @Test
    void whenCancelRacesWithTheAnswer_thenEachPermitIsSettledOnce() throws Exception {
        Pipeline pipeline = pipeline(Timer.system(), Duration.ofMinutes(1));
        for (int round = 1; round <= ROUNDS; round++) {
            CompletableFuture<String> own = new CompletableFuture<>();
            CompletableFuture<String> returned = pipeline.callAsync(() -> own);
            race(() -> returned.cancel(true), () -> own.complete("ok"));
            assertThat(returned).isDone();
            assertAllSettled(round);
        }
    }

    @Test
    void whenCancelRacesWithFailureRetryAndAlarm_thenEachCallEndsAndEachPermitIsSettledOnce() throws Exception {
        Pipeline pipeline = pipeline(new AlmostAtOnce(), Duration.ofMinutes(1));
        for (int round = 1; round <= ROUNDS; round++) {
            CompletableFuture<String> own = new CompletableFuture<>();
            CompletableFuture<String> returned = pipeline.callAsync(() -> own);
            race(() -> returned.cancel(true), () -> own.completeExceptionally(new IOException("down")));
            returned.handle((result, failure) -> "ended").get(10, TimeUnit.SECONDS);
            assertAllSettled(round);
        }
    }

    @Test
    void whenAlarmsRaceWithAnswersAndEachOther_thenEachCallEndsAndEachPermitIsSettledOnce() throws Exception {
        Pipeline pipeline = pipeline(new AlmostAtOnce(), Duration.ofNanos(1));
        for (int round = 1; round <= ROUNDS; round++) {
            CompletableFuture<String> returned = pipeline.callAsync(() -> CompletableFuture.supplyAsync(() -> "ok"));
            returned.handle((result, failure) -> "ended").get(10, TimeUnit.SECONDS);
            assertAllSettled(round);
        }
    }

    /** Takes no delay seriously. */
    private static final class AlmostAtOnce implements Timer {

        @Override
        public void sleep(long nanos) {
            throw new AssertionError("stages block no thread");
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return Timer.system().schedule(task, Math.min(delayNanos, 20_000));
        }
    }
}

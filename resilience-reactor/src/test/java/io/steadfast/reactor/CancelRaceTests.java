package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.reactor.Policies.Fallback;
import io.steadfast.reactor.Policies.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Real threads, many rounds, and one question after each: is every permit settled, exactly once? */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelRaceTests {

    private static final int ROUNDS = 5_000;

    private final CountingGate gate = new CountingGate();

    private final Journal journal = new Journal();

    private final Pipeline pipeline = Pipeline.named("call")
            .runtime(new PolicyRuntime(Ticker.system(), Timer.system(), journal))
            .policy(new Fallback(() -> "fallback"))
            .policy(new Retry(3))
            .policy(gate)
            .build();

    /** Runs two actions on two threads at the same moment, and waits for both. */
    private static void race(Runnable one, Runnable other) {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            await(start);
            other.run();
        });
        await(start);
        one.run();
        second.join();
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    @AfterEach
    void resetHooks() {
        Hooks.resetOnErrorDropped();
    }

    private void assertSettledAfter(int calls) {
        assertThat(gate.settled()).isEqualTo(gate.acquired.get());
        assertThat(journal.outcomes).hasSize(calls);
        gate.acquired.set(0);
        gate.succeeded.set(0);
        gate.failed.set(0);
        gate.abandoned.set(0);
        journal.outcomes.clear();
    }

    @Test
    void whenCancelRacesWithTheAnswer_thenEachPermitIsSettledOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            Sinks.One<String> sink = Sinks.one();
            Disposable call = ReactorPipelines.<Object, String>mono(pipeline, this, invocation -> sink.asMono())
                    .subscribe();
            race(call::dispose, () -> sink.tryEmitValue("ok"));
            assertThat(gate.failed).hasValue(0);
            assertThat(journal.outcomes).first().isIn(Outcome.SUCCESS, Outcome.CANCELLED);
            assertSettledAfter(1);
        }
    }

    @Test
    void whenCancelRacesWithAFailureThatIsRetried_thenEachPermitIsSettledOnce() {
        Hooks.onErrorDropped(late -> assertThat(late).hasMessage("down"));
        for (int round = 0; round < ROUNDS; round++) {
            Sinks.One<String> sink = Sinks.one();
            AtomicInteger entries = new AtomicInteger();
            Disposable call = ReactorPipelines.<Object, String>mono(
                            pipeline, this, invocation -> entries.incrementAndGet() == 1 ? sink.asMono() : Mono.never())
                    .subscribe();
            race(call::dispose, () -> sink.tryEmitError(new IOException("down")));
            // a retry may still be on its way to learn that it is over
            while (journal.outcomes.isEmpty() || gate.settled() != gate.acquired.get()) {
                Thread.onSpinWait();
            }
            assertSettledAfter(1);
        }
    }

    @Test
    void whenCancelRacesWithElements_thenEachPermitIsSettledOnceAndNoElementFollowsTheEnd() {
        for (int round = 0; round < ROUNDS; round++) {
            Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
            Disposable call = ReactorPipelines.<Object, Integer>flux(pipeline, this, invocation -> sink.asFlux())
                    .subscribe();
            race(call::dispose, () -> {
                sink.tryEmitNext(1);
                sink.tryEmitNext(2);
                sink.tryEmitComplete();
            });
            assertThat(gate.failed).hasValue(0);
            assertSettledAfter(1);
        }
    }

    @Test
    void whenDemandRacesWithANewAttempt_thenExactlyAsMuchArrivesAsWasAskedFor() {
        for (int round = 0; round < 1_000; round++) {
            AtomicInteger entries = new AtomicInteger();
            AtomicLong received = new AtomicLong();
            Sinks.Empty<Integer> first = Sinks.empty();
            Asking subscriber = new Asking(received);
            ReactorPipelines.<Object, Object>flux(
                            pipeline,
                            this,
                            invocation -> entries.incrementAndGet() == 1 ? first.asMono() : Flux.range(0, 1_000))
                    .subscribe(subscriber);
            race(
                    () -> {
                        for (int i = 0; i < 10; i++) {
                            subscriber.request(1);
                        }
                    },
                    () -> first.tryEmitError(new IOException("down")));
            while (received.get() < 10) {
                Thread.onSpinWait();
            }
            subscriber.cancel();
            assertThat(received).hasValue(10);
            while (journal.outcomes.isEmpty() || gate.settled() != gate.acquired.get()) {
                Thread.onSpinWait();
            }
            assertSettledAfter(1);
        }
    }

    private static final class Asking extends BaseSubscriber<Object> {

        private final AtomicLong received;

        Asking(AtomicLong received) {
            this.received = received;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Object value) {
            received.incrementAndGet();
        }
    }
}

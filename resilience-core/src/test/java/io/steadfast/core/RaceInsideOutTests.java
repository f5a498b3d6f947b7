package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Signal;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What attempts that run beside each other do inside, and what those around them get to know of it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RaceInsideOutTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final HandTimer timer = new HandTimer();

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger entered = new AtomicInteger();

    private final PolicyRuntime runtime = new PolicyRuntime(Ticker.system(), Timer.system(), journal);

    /** Notes that something has been done that must not be done again. */
    private static final class Sent {}

    private static final class SentReader implements OutcomeReader {

        @Override
        public String whyNotBeside(Call call) {
            return call.notes(Sent.class) == null ? null : "it was sent";
        }
    }

    /** Notes what is known of the last attempt. */
    private static final class Curious implements Recovery {

        final List<Boolean> sent = new CopyOnWriteArrayList<>();

        final List<Integer> attempts = new CopyOnWriteArrayList<>();

        @Override
        public PolicyId id() {
            return new PolicyId("curious", "test");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            sent.add(call.notes(Sent.class) != null);
            attempts.add(call.attempts());
            return Verdict.keep();
        }
    }

    private static Pipeline pipeline(PolicyRuntime runtime, OutcomeReader reader, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").runtime(runtime).reader(reader);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    /** The system's timer, with tasks changed. */
    private record SystemWith(BiFunction<Runnable, Long, Runnable> change) implements Timer {

        @Override
        public void sleep(long nanos) throws InterruptedException {
            Timer.system().sleep(nanos);
        }

        @Override
        public boolean await(Signal signal, long nanos) throws InterruptedException {
            return Timer.system().await(signal, nanos);
        }

        @Override
        public Scheduled schedule(Runnable task, long delayNanos) {
            return Timer.system().schedule(change.apply(task, delayNanos), delayNanos);
        }
    }

    private String listen() throws InterruptedException {
        release.await();
        return "too late";
    }

    private static void send() {
        assertThat(Call.current().notes(Sent.class, Sent::new)).isNotNull();
    }

    @AfterEach
    void everythingEnds() {
        Thread.interrupted();
        release.countDown();
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(gate.acquired.get()));
    }

    @Test
    void whenAnAttemptRunsOnOneMoreThread_thenWhatItHasSentThereIsAVeto() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Timer slow = new SystemWith((task, delay) -> delay == 0
                ? task
                : () -> {
                    await().until(() -> sent.getCount() == 0);
                    task.run();
                    decided.countDown();
                });
        Hedging hedging = Hedging.after(SHORT).ifAllowed(() -> {
            entered.incrementAndGet();
            return false;
        });
        Policy limit = CountingLimit.onSeparateThread(LONG);
        pipeline(new PolicyRuntime(Ticker.system(), slow, journal), new SentReader(), hedging, limit)
                .call(() -> {
                    send();
                    sent.countDown();
                    decided.await();
                    return "first";
                });
        assertThat(entered).as("permissions").hasValue(0);
        assertThat(journal.attempts).hasValue(1);
    }

    @Test
    void whenAllAttemptsFail_thenThoseAroundKnowThatOneOfThemMustNotBeRepeated() {
        Curious around = new Curious();
        List<CompletableFuture<String>> work = new ArrayList<>();
        CompletableFuture<String> answer = pipeline(timer.runtime(), new SentReader(), around, Hedging.after(SHORT))
                .callAsync(() -> {
                    if (work.size() == 1) {
                        send();
                    }
                    work.add(new CompletableFuture<>());
                    return work.get(work.size() - 1);
                });
        timer.runNext();
        work.get(1).completeExceptionally(new IOException("broke off"));
        work.get(0).completeExceptionally(new IOException("never left"));
        assertThat(answer).isCompletedExceptionally();
        assertThat(around.sent).containsExactly(true);
    }

    @Test
    void whenALimitEndsTheRace_thenThoseAroundKnowWhatWasSent() {
        Curious outer = new Curious();
        Policy limit = Policies.limit("total", SHORT.multipliedBy(5));
        assertThat(catchThrowable(() -> pipeline(runtime, new SentReader(), outer, limit, Hedging.after(SHORT), gate)
                        .call(() -> {
                            send();
                            return listen();
                        })))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(outer.sent).containsExactly(true);
    }

    @Test
    void whenALimitEndsTheRace_thenTheFurtherAttemptHasLostAndAllAttemptsAreCounted() {
        CountDownLatch second = new CountDownLatch(2);
        Policy limit = Policies.limit("total", Duration.ofMillis(400));
        Curious outer = new Curious();
        assertThat(catchThrowable(() -> pipeline(runtime, OutcomeReader.NONE, outer, limit, Hedging.after(SHORT), gate)
                        .call(() -> {
                            second.countDown();
                            return listen();
                        })))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(second.getCount()).isZero();
        assertThat(journal.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGE_LOST, Kind.TIMED_OUT);
        assertThat(outer.attempts).containsExactly(2);
    }

    @Test
    void whenTheLoserRunsOnOneMoreThread_thenItsAttemptIsCounted() throws Exception {
        Curious outer = new Curious();
        Policy limit = CountingLimit.onSeparateThread(LONG);
        pipeline(runtime, OutcomeReader.NONE, outer, Hedging.after(SHORT), limit, gate)
                .call(() -> entered.incrementAndGet() == 1 ? listen() : "second");
        assertThat(outer.attempts).containsExactly(2);
    }

    @Test
    void whenARacedCallHasAllTheTimeInTheWorld_thenSoHaveTheGuardedCallsInsideIt() throws Exception {
        Pipeline inner = pipeline(runtime, OutcomeReader.NONE, gate);
        assertThat(pipeline(runtime, OutcomeReader.NONE, Hedging.after(LONG))
                        .<String>call(
                                () -> Deadline.current().isPresent() + " " + inner.<String>call(() -> "answered")))
                .isEqualTo("false answered");
    }

    @Test
    void whenTheLoserIsInAnotherGuardedCall_thenItCountsForNothingThereEither() throws Exception {
        whenTheLoserIsIn(pipeline(runtime, OutcomeReader.NONE, Policies.retry(3), gate));
    }

    @Test
    void whenTheLoserIsInAnotherGuardedCallOnOneMoreThread_thenItCountsForNothingThereEither() throws Exception {
        Policy limit = CountingLimit.onSeparateThread(LONG);
        whenTheLoserIsIn(pipeline(runtime, OutcomeReader.NONE, Policies.retry(3), limit, gate));
    }

    @Test
    void whenTheLoserIsInAnotherRace_thenItCountsForNothingThereEither() throws Exception {
        Hedging both = Hedging.after(Duration.ZERO);
        whenTheLoserIsIn(pipeline(runtime, OutcomeReader.NONE, both, gate));
    }

    private void whenTheLoserIsIn(Pipeline inner) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Callable<String> nested = () -> inner.call(() -> {
            entered.incrementAndGet();
            inside.countDown();
            return listen();
        });
        AtomicInteger lanes = new AtomicInteger();
        assertThat(pipeline(runtime, OutcomeReader.NONE, Hedging.after(SHORT)).<String>call(() -> {
                    if (lanes.incrementAndGet() == 1) {
                        return nested.call();
                    }
                    inside.await();
                    return "second";
                }))
                .isEqualTo("second");
        await().untilAsserted(() -> assertThat(gate.settled()).isPositive().isEqualTo(gate.acquired.get()));
        assertThat(gate.counts()).startsWith("0 succeeded, 0 failed");
    }

    @Test
    void whenOneRaceLiesInAnother_thenTheAttemptsOfTheLoserCountForNothing() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        assertThat(pipeline(runtime, OutcomeReader.NONE, Hedging.after(SHORT), Hedging.after(SHORT), gate)
                        .<String>call(() -> {
                            three.countDown();
                            if (entered.incrementAndGet() < 4) {
                                return listen();
                            }
                            three.await();
                            return "fourth";
                        }))
                .isEqualTo("fourth");
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(gate.acquired.get()));
        assertThat(gate.counts()).startsWith("1 succeeded, 0 failed");
    }

    /** Takes one task, and no more. */
    @Test
    void whenThereIsNoThreadForTheFirstAttempt_thenNoneBeginsBesideIt() throws Exception {
        Timer first = new SystemWith((task, delay) -> {
            if (entered.incrementAndGet() == 1) {
                throw new RejectedExecutionException("no thread");
            }
            return task;
        });
        Thread thread = pipeline(
                        new PolicyRuntime(Ticker.system(), first, journal),
                        OutcomeReader.NONE,
                        Hedging.after(Duration.ZERO),
                        gate)
                .call(Thread::currentThread);
        assertThat(thread).isSameAs(Thread.currentThread());
        assertThat(entered).as("tasks").hasValue(1);
        assertThat(journal.kinds()).isEmpty();
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain methods that run beside each other, on real threads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlainRaceTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration LONG = Duration.ofMinutes(5);

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private static final ContextCarrier USERS = () -> {
        String user = USER.get();
        return task -> () -> {
            USER.set(user);
            try {
                task.run();
            } finally {
                USER.remove();
            }
        };
    };

    private final Journal journal = new Journal();

    private final CountingGate gate = new CountingGate();

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger entered = new AtomicInteger();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Pipeline.Builder builder(Policy... policies) {
        Pipeline.Builder builder =
                Pipeline.named("call").runtime(new PolicyRuntime(Ticker.system(), Timer.system(), journal, USERS));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder;
    }

    private Pipeline pipeline(Policy... policies) {
        return builder(policies).build();
    }

    /** Stuck: no interrupt gets through. */
    private String hang() {
        while (true) {
            try {
                release.await();
                return "too late";
            } catch (InterruptedException deaf) {
                seen.add("interrupted");
            }
        }
    }

    /** Hangs until it is interrupted. */
    private String listen() throws InterruptedException {
        try {
            release.await();
            return "too late";
        } catch (InterruptedException heeded) {
            seen.add("interrupted");
            throw heeded;
        }
    }

    @AfterEach
    void everythingEnds() {
        Thread.interrupted();
        release.countDown();
        await().untilAsserted(
                        () -> assertThat(gate.settled()).as("permits settled").isEqualTo(gate.acquired.get()));
        assertThat(CallThread.limitReached()).isFalse();
        assertThat(Deadline.current()).isEmpty();
        USER.remove();
    }

    @Test
    void whenNothingMayRunBesideIt_thenTheCallStaysOnItsCallersThread() throws Exception {
        Hedging hedging = Hedging.never();
        Thread thread = pipeline(hedging, gate).call(Thread::currentThread);
        assertThat(thread).isSameAs(Thread.currentThread());
        assertThat(hedging.heard).hasSize(1);
    }

    @Test
    void whenTheFirstAttemptIsStuck_thenTheSecondAnswersAndTheFirstKeepsItsPermitUntilItEnds() throws Exception {
        Hedging hedging = Hedging.after(SHORT);
        assertThat(pipeline(hedging, gate).call(() -> entered.incrementAndGet() == 1 ? hang() : "second"))
                .isEqualTo("second");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        release.countDown();
        await().untilAsserted(() -> assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned"));
        assertThat(hedging.heard).containsExactlyInAnyOrder("1 cut short", "2 ended second");
    }

    @Test
    void whenTheLoserHeedsInterrupts_thenItIsStoppedAndCountsForNothing() throws Exception {
        assertThat(pipeline(Hedging.after(SHORT), gate)
                        .call(() -> entered.incrementAndGet() == 1 ? listen() : "second"))
                .isEqualTo("second");
        await().untilAsserted(() -> assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned"));
        assertThat(seen).containsExactly("interrupted");
    }

    @Test
    void whenTheLoserHasARetryInside_thenItIsNotTriedAgain() throws Exception {
        Policy retry = Policies.retry(3);
        pipeline(Hedging.after(SHORT), gate, retry).call(() -> entered.incrementAndGet() == 1 ? listen() : "second");
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(2));
        assertThat(entered).hasValue(2);
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
    }

    @Test
    void whenTheLoserRunsOnOneMoreThread_thenItCountsForNothingThereToo() throws Exception {
        Policy limit = CountingLimit.onSeparateThread(LONG);
        pipeline(Hedging.after(SHORT), limit, gate).call(() -> entered.incrementAndGet() == 1 ? listen() : "second");
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(2));
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 1 abandoned");
    }

    @Test
    void whenTheCallerIsInterrupted_thenAllAttemptsAreAndCountForNothing() {
        Thread caller = Thread.currentThread();
        Throwable failure =
                catchThrowable(() -> pipeline(Hedging.after(SHORT), gate).call(() -> {
                    if (entered.incrementAndGet() == 2) {
                        caller.interrupt();
                    }
                    return listen();
                }));
        assertThat(failure).isInstanceOf(CancellationException.class).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("the caller's own interrupt").isTrue();
        await().untilAsserted(() -> assertThat(gate.counts()).isEqualTo("0 succeeded, 0 failed, 2 abandoned"));
        assertThat(seen).hasSize(2);
        assertThat(journal.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenALimitAroundTheRaceRunsOut_thenAllAttemptsAreStoppedAndFailed() {
        Policy limit = Policies.limit("total", Duration.ofMillis(150));
        Throwable failure =
                catchThrowable(() -> pipeline(limit, Hedging.after(SHORT), gate).call(() -> {
                    entered.incrementAndGet();
                    return listen();
                }));
        assertThat(failure).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.interrupted()).as("an interrupt that leaked out").isFalse();
        await().untilAsserted(() -> assertThat(gate.settled()).isEqualTo(entered.get()));
        assertThat(gate.failed).hasValue(entered.get());
    }

    @Test
    void whenAnAttemptTimesOut_thenTheRaceGoesOn() throws Exception {
        assertThat(pipeline(Hedging.after(SHORT), gate, new LimitOfTheFirst())
                        .call(() -> entered.incrementAndGet() == 1 ? listen() : answerOnceTheFirstHasFailed()))
                .isEqualTo("second");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 1 failed, 0 abandoned");
    }

    private String answerOnceTheFirstHasFailed() {
        await().until(() -> gate.failed.get() == 1);
        return "second";
    }

    private record LimitOfTheFirst() implements TimeLimit {

        @Override
        public PolicyId id() {
            return new PolicyId("timeout", "first");
        }

        @Override
        public long limitNanos(Call call) {
            return call.attempts() == 0 ? SHORT.multipliedBy(5).toNanos() : 0;
        }
    }

    @Test
    void whenTheFirstAttemptDiesOfAnError_thenTheSecondAnswers() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        assertThat(pipeline(Hedging.after(SHORT), gate).call(() -> {
                    if (entered.incrementAndGet() == 1) {
                        second.await();
                        throw new NoClassDefFoundError("gone");
                    }
                    second.countDown();
                    await().until(() -> gate.failed.get() == 1);
                    return "second";
                }))
                .isEqualTo("second");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 1 failed, 0 abandoned");
    }

    @Test
    void whenAnAttemptRunsBeside_thenItKnowsWhatTheCallersThreadKnew() throws Exception {
        USER.set("ada");
        Deadline.in(LONG)
                .call(() -> pipeline(Hedging.after(SHORT), gate).call(() -> {
                    seen.add(USER.get() + " " + Deadline.current().isPresent());
                    return entered.incrementAndGet() == 1 ? hang() : "second";
                }));
        assertThat(List.copyOf(seen).subList(0, 2)).containsExactly("ada true", "ada true");
        assertThat(USER.get()).isEqualTo("ada");
    }

    @Test
    void whenAttemptsRunBesideEachOther_thenEachHasACallOfItsOwnOnOneRoute() throws Throwable {
        Instance first = new Instance("pool", "a", URI.create("http://a"), 1, "", Map.of());
        AtomicReference<Call> raced = new AtomicReference<>();
        List<Call> calls = new CopyOnWriteArrayList<>();
        Pipeline pipeline = builder(Hedging.after(SHORT), gate)
                .reader(new OutcomeReader() {})
                .build();
        Object answer = pipeline.call("invocation", new Target<String>() {
            @Override
            public Object proceed(String invocation) {
                throw new AssertionError("asked without a call");
            }

            @Override
            public Object proceed(String invocation, Call call) {
                calls.add(call);
                raced.set(Call.current());
                assertThat(Call.current()).isSameAs(call);
                if (call.attempts() == 1) {
                    call.route().take(new Lent(first));
                    return hang();
                }
                return call.route().hasTried(first) + ", leased " + call.lease();
            }
        });
        assertThat(answer).isEqualTo("true, leased null");
        assertThat(calls).doesNotHaveDuplicates().extracting(Call::attempts).containsExactly(1, 2);
        assertThat(calls)
                .extracting(Call::original)
                .containsOnly(calls.get(0).original())
                .doesNotContainAnyElementsOf(calls);
        assertThat(journal.attempts).hasValue(2);
    }

    private record Lent(Instance instance) implements Lease {

        @Override
        public void leaving(Duration atMost) {}
    }

    @Test
    void whenAReaderKnowsAReason_thenNothingRunsBeside() throws Exception {
        assertThat(vetoedBy(call -> "a POST is under way")).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @Test
    void whenAReaderThrows_thenNothingRunsBeside() throws Exception {
        assertThat(vetoedBy(call -> {
                    throw new IllegalStateException("broken");
                }))
                .isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    private String vetoedBy(Function<Call, String> reason) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        OutcomeReader reader = new OutcomeReader() {
            @Override
            public String whyNotBeside(Call call) {
                try {
                    return reason.apply(call);
                } finally {
                    asked.countDown();
                }
            }
        };
        builder(Hedging.after(SHORT), gate)
                .reader(OutcomeReader.all(List.of(new OutcomeReader() {}, reader)))
                .build()
                .call(() -> {
                    entered.incrementAndGet();
                    asked.await();
                    return "first";
                });
        return gate.counts();
    }

    @Test
    void whenPermissionIsNotGiven_thenTheFirstGoesOnAlone() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Hedging hedging = Hedging.after(SHORT).ifAllowed(() -> {
            asked.countDown();
            return false;
        });
        assertThat(pipeline(hedging, gate).<String>call(() -> {
                    asked.await();
                    return "first";
                }))
                .isEqualTo("first");
        assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
        assertThat(journal.kinds()).isEmpty();
    }

    @Test
    void whenThePolicyThrowsWhereverItIsAsked_thenTheCallGoesOnWithoutIt() throws Exception {
        assertThat(pipeline(new Broken(), gate).call(() -> "ok")).isEqualTo("ok");
        assertThat(catchThrowable(() -> pipeline(new Broken(), gate).call(() -> {
                    throw new IOException("down");
                })))
                .hasMessage("down");
        assertThat(journal.kinds()).isNotEmpty().containsOnly(Kind.POLICY_FAILED);
    }

    private record Broken() implements Race {

        @Override
        public PolicyId id() {
            return new PolicyId("hedge", "broken");
        }

        @Override
        public long delayNanos(Call call, int started) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean mayStart(Call call, int started) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean timed() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void whenThreeMayRun_thenTheThirdBeginsAfterTheSecond() throws Exception {
        assertThat(pipeline(Hedging.after(SHORT).upTo(2), gate)
                        .call(() -> entered.incrementAndGet() < 3 ? listen() : "third"))
                .isEqualTo("third");
        await().untilAsserted(() -> assertThat(gate.counts()).isEqualTo("1 succeeded, 0 failed, 2 abandoned"));
        assertThat(journal.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGED, Kind.HEDGE_WON, Kind.HEDGE_LOST);
    }

    @Test
    void whenACallHasBeenRaced_thenItsThreadIsLeftWithoutAnInterrupt() throws Exception {
        for (int i = 0; i < 200; i++) {
            AtomicInteger entries = new AtomicInteger();
            pipeline(Hedging.after(Duration.ZERO), gate).call(() -> {
                boolean interrupted = Thread.currentThread().isInterrupted();
                if (entries.incrementAndGet() == 1 && interrupted) {
                    seen.add("an interrupt of an earlier call");
                }
                return "ok";
            });
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(seen).isEmpty();
    }
}

package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.core.PolicyEvent.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gate that has calls wait, and nothing that cuts the wait short but the deadline. */
class WaitingGateTests {

    private static final long SECOND = 1_000_000_000;

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final AtomicInteger entries = new AtomicInteger();

    private Object run(Way way, Policy... policies) throws Exception {
        Pipeline.Builder builder = Pipeline.named("call").runtime(timer.runtime(journal));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return way.run(builder.build(), timer, () -> {
            entries.incrementAndGet();
            return "ok at " + timer.nanos() / SECOND;
        });
    }

    @AfterEach
    void nothingIsLeftBehind() {
        timer.advance(0); // what is under way already
        assertThat(timer.pending()).as("tasks left in the timer").isZero();
        assertThat(CallThread.deadline()).as("deadline left on the thread").isNull();
        assertThat(Thread.interrupted()).as("interrupt left on the thread").isFalse();
    }

    private static void assertEnded(WaitingGate gate, int claimed, int withdrawn) {
        assertThat(gate.claimed).as("places claimed").hasValue(claimed);
        assertThat(gate.withdrawn).as("places withdrawn").hasValue(withdrawn);
        assertThat(gate.endedTwice).as("places that ended twice").hasValue(0);
        assertThat(gate.permits.settled()).isEqualTo(gate.permits.acquired.get());
        assertThat(gate.waiting).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenOnlyTimeBringsThePermit_thenItIsClaimedAfterThatTime(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(3 * SECOND, false);
        assertThat(run(way, gate)).isEqualTo("ok at 3");
        assertEnded(gate, 1, 0);
        assertThat(gate.permits.counts()).isEqualTo("1 succeeded, 0 failed, 0 abandoned");
    }

    @ParameterizedTest
    @EnumSource
    void whenThereIsNothingToWaitFor_thenItIsClaimedAtOnce(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(0, true);
        assertThat(run(way, gate)).isEqualTo("ok at 0");
        assertEnded(gate, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whenWokenEarly_thenItIsClaimedThen(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(3 * SECOND, true);
        timer.schedule(gate::wake, SECOND);
        assertThat(run(way, gate)).isEqualTo("ok at 1");
        assertEnded(gate, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whenWaitIsEndless_thenItEndsWithTheWaking(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(Long.MAX_VALUE, true);
        timer.schedule(gate::wake, SECOND);
        assertThat(run(way, gate)).isEqualTo("ok at 1");
        assertEnded(gate, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyWakes_thenTheGateDecidesOnceTheWaitIsOver(Way way) {
        WaitingGate gate = new WaitingGate(3 * SECOND, true, () -> {
            throw new BulkheadFullException("call", null);
        });
        assertThat(catchThrowable(() -> run(way, gate))).isInstanceOf(BulkheadFullException.class);
        assertThat(entries).hasValue(0);
        assertEnded(gate, 1, 0);
        assertThat(journal.events)
                .singleElement()
                .satisfies(event -> assertThat(event.policy()).isEqualTo(gate.id()))
                .satisfies(event -> assertThat(event.kind()).isEqualTo(Kind.REFUSED));
        assertThat(journal.outcomes).containsExactly(Outcome.REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void whenClaimGivesAnotherPlace_thenTheCallWaitsOn(Way way) throws Exception {
        WaitingGate second = new WaitingGate(2 * SECOND, false);
        WaitingGate first = new WaitingGate(SECOND, true, second::place);
        assertThat(run(way, first)).isEqualTo("ok at 3");
        assertEnded(first, 1, 0);
        assertEnded(second, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSecondPlaceLiesBeyondTheDeadline_thenOnlyThatOneIsWithdrawn(Way way) {
        WaitingGate second = new WaitingGate(2 * SECOND, false);
        WaitingGate first = new WaitingGate(SECOND, true, second::place);
        assertThat(catchThrowable(() -> run(way, Policies.limit("total", Duration.ofMillis(2500)), first)))
                .isInstanceOf(DeadlineExceededException.class);
        assertEnded(first, 1, 0);
        assertEnded(second, 0, 1);
        assertThat(timer.nanos()).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void whenTimeAloneWouldBringItTooLate_thenTheCallIsRefusedAtOnce(Way way) {
        WaitingGate gate = new WaitingGate(SECOND, false);
        assertRefused(way, gate);
        assertThat(timer.nanos()).as("time of the refusal").isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenItMayComeEarly_thenTheCallWaitsUntilTheDeadlineAndIsRefused(Way way) {
        WaitingGate gate = new WaitingGate(2 * SECOND, true);
        assertRefused(way, gate);
        assertThat(timer.nanos()).as("time of the refusal").isEqualTo(SECOND);
    }

    private void assertRefused(Way way, WaitingGate gate) {
        CountingGate outside = new CountingGate();
        assertThat(catchThrowable(() -> run(way, outside, Policies.limit("total", Duration.ofSeconds(1)), gate)))
                .isInstanceOfSatisfying(
                        DeadlineExceededException.class,
                        refusal -> assertThat(refusal.callName()).isEqualTo("call"))
                .hasNoSuppressedExceptions();
        assertThat(entries).hasValue(0);
        assertEnded(gate, 0, 1);
        assertThat(outside.counts()).isEqualTo("0 succeeded, 1 failed, 0 abandoned");
        assertThat(journal.outcomes).containsExactly(Outcome.REFUSED);
        assertThat(journal.kinds()).containsExactly(Kind.REFUSED);
        assertThat(journal.events.get(0).policy()).isEqualTo(new PolicyId("timeout", "call"));
    }

    @ParameterizedTest
    @EnumSource
    void whenItComesEarlyEnough_thenADeadlineBeforeTheLongestWaitDoesNotMatter(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(5 * SECOND, true);
        timer.schedule(gate::wake, SECOND);
        assertThat(run(way, Policies.limit("total", Duration.ofSeconds(2)), gate))
                .isEqualTo("ok at 1");
        assertEnded(gate, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whenACallHasWaited_thenTheWaitIsNoPartOfTheAttempt(Way way) throws Exception {
        AtomicLong elapsed = new AtomicLong(-1);
        Gate timed = new TimedGate(elapsed);
        run(way, new WaitingGate(3 * SECOND, false), timed);
        assertThat(elapsed).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void whenALimitLiesInsideTheGate_thenItsTimeBeginsAfterTheWait(Way way) throws Exception {
        Policy attempt = Policies.limit("attempt", Duration.ofSeconds(1));
        assertThat(run(way, new WaitingGate(3 * SECOND, false), attempt)).isEqualTo("ok at 3");
    }

    @ParameterizedTest
    @EnumSource
    void whenRetried_thenEachAttemptWaitsAnew(Way way) throws Exception {
        WaitingGate gate = new WaitingGate(SECOND, false);
        AtomicInteger refusals = new AtomicInteger(2);
        WaitingGate moody = new WaitingGate(SECOND, false, () -> {
            if (refusals.getAndDecrement() > 0) {
                throw new BulkheadFullException("call", null);
            }
            return null;
        });
        assertThat(run(way, Policies.retry(3), gate, moody)).isEqualTo("ok at 8");
        assertEnded(gate, 3, 0);
        assertEnded(moody, 3, 0);
        assertThat(gate.permits.counts()).isEqualTo("1 succeeded, 2 failed, 0 abandoned");
        assertThat(entries).hasValue(1);
    }

    private record TimedGate(AtomicLong elapsed) implements Gate, Permit {

        @Override
        public PolicyId id() {
            return new PolicyId("timed", "test");
        }

        @Override
        public boolean timed() {
            return true;
        }

        @Override
        public Permit acquire(Call call) {
            return this;
        }

        @Override
        public void succeeded(Call call, long elapsedNanos, Object result) {
            elapsed.set(elapsedNanos);
        }

        @Override
        public void failed(Call call, long elapsedNanos, Throwable failure) {
            elapsed.set(elapsedNanos);
        }

        @Override
        public void abandoned(Call call) {}
    }
}

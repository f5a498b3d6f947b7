package io.steadfast.test;

import static io.steadfast.test.WatchedGate.Settlement.ABANDONED;
import static io.steadfast.test.WatchedGate.Settlement.FAILED;
import static io.steadfast.test.WatchedGate.Settlement.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Gate;
import io.steadfast.core.Outcome;
import io.steadfast.core.Permit;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;
import io.steadfast.test.WatchedGate.Settlement;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each {@link Race} has to keep, in all call models: a call that answers in time is left alone, one that takes longer is overtaken,
 * the loser is stopped and counts for nothing, and nothing stays behind. Extend it, and supply the race.
 */
public abstract class RaceContract {

    /** For subclasses. */
    protected RaceContract() {}

    /**
     * The race under test: it lets one further attempt begin {@link #delay()} after the first, and any answer decides it.
     *
     * @param runtime time and listener of the scenario
     * @return a new race
     */
    protected abstract Race race(PolicyRuntime runtime);

    /**
     * How long the first attempt runs alone.
     *
     * @return longer than a microsecond
     */
    protected abstract Duration delay();

    @TestFactory
    final Stream<DynamicTest> whenTargetAnswersInTime_thenNothingRunsBesideIt() {
        return Scene.inAllModels(scene -> {
            scene.target.answersAfter(delay().minusNanos(1), "ok");
            Track track = new Track(scene);
            assertThat(track.play().result()).isEqualTo("ok");
            track.assertEnded(Outcome.SUCCESS, 1, SUCCEEDED);
            assertThat(scene.listener.kinds()).isEmpty();
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTargetTakesLonger_thenTheSecondAttemptAnswersAndTheFirstIsStopped() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs().answers("second");
            Track track = new Track(scene);
            long start = scene.timer.ticker().nanos();
            CallRun run = track.play();
            assertThat(run.result()).isEqualTo("second");
            assertThat(run.endings()).isEqualTo(1);
            assertThat(Duration.ofNanos(scene.timer.ticker().nanos() - start)).isEqualTo(delay());
            assertThat(run.interruptedAfterwards())
                    .as("interrupt that leaked out")
                    .isFalse();
            assertThat(scene.target.cancellations()).isEqualTo(1);
            track.assertEnded(Outcome.SUCCESS, 2, SUCCEEDED, ABANDONED);
            assertThat(scene.listener.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGE_WON);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheFirstAttemptIsQuickerInTheEnd_thenItAnswersAndTheSecondIsStopped() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.answersAfter(delay().multipliedBy(2), "first").hangs();
            Track track = new Track(scene);
            assertThat(track.play().result()).isEqualTo("first");
            assertThat(scene.target.cancellations()).isEqualTo(1);
            track.assertEnded(Outcome.SUCCESS, 2, SUCCEEDED, ABANDONED);
            assertThat(scene.listener.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGE_LOST);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheSecondAttemptFails_thenTheFirstGoesOn() {
        return Scene.inAllModels(scene -> {
            scene.target.answersAfter(delay().multipliedBy(2), "first").fails(new IOException("down"));
            Track track = new Track(scene);
            assertThat(track.play().result()).isEqualTo("first");
            track.assertEnded(Outcome.SUCCESS, 2, SUCCEEDED, FAILED);
            assertThat(scene.listener.kinds()).containsExactly(Kind.HEDGED, Kind.HEDGE_LOST);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheFirstAttemptFailsAlone_thenNoOtherIsStarted() {
        return Scene.inAllModels(scene -> {
            IOException failure = new IOException("down");
            scene.target.fails(failure);
            Track track = new Track(scene);
            assertThat(track.play().failure()).isSameAs(failure);
            track.assertEnded(Outcome.FAILURE, 1, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheFirstAttemptFailsWhileTheSecondRuns_thenTheSecondAnswers() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.failsAfter(delay().multipliedBy(2), new NoClassDefFoundError("gone"));
            scene.target.answersAfter(delay().multipliedBy(2), "second");
            Track track = new Track(scene);
            assertThat(track.play().result()).isEqualTo("second");
            track.assertEnded(Outcome.SUCCESS, 2, SUCCEEDED, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenAllAttemptsFail_thenTheFailureOfTheFirstStandsWithTheOtherSuppressed() {
        return Scene.inAllModels(scene -> {
            IOException first = new IOException("first");
            IOException second = new IOException("second");
            scene.target.failsAfter(delay().multipliedBy(2), first).fails(second);
            Track track = new Track(scene);
            CallRun run = track.play();
            assertThat(run.failure()).isSameAs(first);
            assertThat(first.getSuppressed()).containsExactly(second);
            track.assertEnded(Outcome.FAILURE, 2, FAILED, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenAGateFurtherInRefusesTheSecondAttempt_thenTheFirstGoesOn() {
        return Scene.inAllModels(scene -> {
            scene.target.answersAfter(delay().multipliedBy(2), "first");
            Track track = new Track(scene);
            CallRun run = scene.play(scene.pipeline(race(scene.runtime), track.gate, new SecondRefused())
                    .build());
            assertThat(run.result()).isEqualTo("first");
            track.assertEnded(Outcome.SUCCESS, 1, SUCCEEDED, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpWhileBothRun_thenBothAreStoppedAndCountForNothing() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.hangs();
            Track track = new Track(scene);
            scene.model.playAndCancel(delay().multipliedBy(2), track.pipeline(), scene.target, scene.timer);
            assertThat(scene.target.cancellations()).isEqualTo(2);
            track.assertEnded(Outcome.CANCELLED, 2, ABANDONED, ABANDONED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenCallerGivesUpBeforeTheSecondBegins_thenItNeverDoes() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            Track track = new Track(scene);
            scene.model.playAndCancel(delay().dividedBy(2), track.pipeline(), scene.target, scene.timer);
            track.assertEnded(Outcome.CANCELLED, 1, ABANDONED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTimeRunsOutAroundTheRace_thenBothAttemptsFailed() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.hangs();
            Track track = new Track(scene);
            CallRun run = scene.play(new FixedLimit(delay().multipliedBy(2)), race(scene.runtime), track.gate);
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(scene.target.cancellations()).isEqualTo(2);
            track.assertEnded(Outcome.TIMEOUT, 2, FAILED, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheDeadlineComesBeforeTheSecondAttempt_thenItIsNotStarted() {
        return Scene.inAllModels(scene -> {
            scene.target.hangs();
            Track track = new Track(scene);
            CallRun run = scene.play(new FixedLimit(delay().dividedBy(2)), race(scene.runtime), track.gate);
            assertThat(run.failure()).isInstanceOf(CallTimeoutException.class);
            track.assertEnded(Outcome.TIMEOUT, 1, FAILED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenEachAttemptHasALimit_thenTheSecondAnswersAfterTheFirstTimedOut() {
        return Scene.inAsynchronousModels(scene -> {
            scene.target.hangs().answersAfter(delay(), "second");
            Track track = new Track(scene);
            CallRun run = scene.play(
                    race(scene.runtime),
                    track.gate,
                    new FixedLimit(delay().multipliedBy(3).dividedBy(2)));
            assertThat(run.result()).isEqualTo("second");
            track.assertEnded(Outcome.SUCCESS, 2, FAILED, SUCCEEDED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenRetriedFromOutside_thenEachTryIsARaceOfItsOwn() {
        return Scene.inAllModels(scene -> {
            scene.target.fails(new IOException("down")).hangs().answers("third");
            Track track = new Track(scene);
            CallRun run = scene.play(new FixedRetry(2), race(scene.runtime), track.gate);
            assertThat(run.result()).isEqualTo("third");
            track.assertEnded(Outcome.SUCCESS, 3, FAILED, SUCCEEDED, ABANDONED);
        });
    }

    @TestFactory
    final Stream<DynamicTest> whenTheTimerTakesNoTasks_thenTheCallGoesOnAlone() {
        return Scene.inAllModels(scene -> {
            scene.target.answers("ok");
            scene.timer.rejectTasks();
            Track track = new Track(scene);
            assertThat(track.play().result()).isEqualTo("ok");
            track.assertEnded(Outcome.SUCCESS, 1, SUCCEEDED);
        });
    }

    /** The race under test around a gate that counts. */
    private final class Track {

        final WatchedGate gate = WatchedGate.open();

        private final Scene scene;

        Track(Scene scene) {
            this.scene = scene;
        }

        Pipeline pipeline() {
            return scene.pipeline(race(scene.runtime), gate).build();
        }

        CallRun play() {
            return scene.play(pipeline());
        }

        void assertEnded(Outcome outcome, int entries, Settlement... settlements) {
            assertThat(scene.listener.outcomes()).containsExactly(outcome);
            assertThat(scene.target.entries()).as("entries of the target").isEqualTo(entries);
            assertThat(gate.settlements()).containsExactlyInAnyOrder(settlements);
            scene.assertNothingIsLeftBehind(gate);
        }
    }

    /** Lets one attempt in and no other. */
    private static final class SecondRefused implements Gate {

        private final AtomicBoolean taken = new AtomicBoolean();

        @Override
        public PolicyId id() {
            return new PolicyId("bulkhead", "contract");
        }

        @Override
        public Permit acquire(Call call) {
            if (!taken.compareAndSet(false, true)) {
                throw new BulkheadFullException(call.name(), null);
            }
            return WatchedGate.openPermit();
        }
    }
}

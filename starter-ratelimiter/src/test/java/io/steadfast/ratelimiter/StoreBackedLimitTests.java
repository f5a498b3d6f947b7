package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.test.CallModel;
import io.steadfast.test.CallRun;
import io.steadfast.test.ScriptedTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits that a store counts, while the store is up. */
class StoreBackedLimitTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final HandStore store = new HandStore();

    @Test
    void whenACallAsks_thenTheStoreHearsKeyAndPermitsAndHowLongItMayWait() {
        store.limiter(A_SECOND, StoreDown.LOCAL).acquire(Bench.call(3, "customer 7"));

        assertThat(store.last().key()).isEqualTo("customer 7");
        assertThat(store.last().permits()).isEqualTo(3);
        assertThat(store.last().longestWait()).isEqualTo(A_SECOND);
    }

    @Test
    void whenACallHasNoKey_thenTheStoreHearsNone() {
        store.limiter(StoreDown.LOCAL).acquire(Call.of("geocoder"));

        assertThat(store.last().key()).isNull();
        assertThat(store.last().permits()).isEqualTo(1);
        assertThat(store.last().longestWait()).isZero();
    }

    @Test
    void whenTheAnswerIsThereAtOnce_thenNobodyWaits() {
        store.answering(question -> 0L);

        assertThat(store.limiter(StoreDown.LOCAL).acquire(Call.of("geocoder"))).isSameAs(Admitted.PERMIT);
    }

    @Test
    void whenTheAnswerIsUnderWay_thenNothingBlocksAndTheCallIsWoken() {
        Call call = Call.of("geocoder");
        Reservation place = (Reservation) store.limiter(StoreDown.LOCAL).acquire(call);
        int[] woken = new int[1];
        place.whenReady(() -> woken[0]++);
        assertThat(place.waitNanos()).isEqualTo(HandStore.ANSWER_WITHIN.toNanos());
        assertThat(woken[0]).isZero();

        store.last().admits();

        assertThat(woken[0]).isEqualTo(1);
        assertThat(place.claim(call)).isSameAs(Admitted.PERMIT);
    }

    @Test
    void whenTheAnswerIsFasterThanTheDriver_thenItIsWokenAtOnce() {
        Reservation place = (Reservation) store.limiter(StoreDown.LOCAL).acquire(Call.of("geocoder"));
        store.last().admits();
        int[] woken = new int[1];

        place.whenReady(() -> woken[0]++);

        assertThat(woken[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheStoreSaysLater_thenTheCallWaitsForItsTurn(CallModel model) {
        store.answeringAfter(
                Duration.ofMillis(20), question -> Duration.ofMillis(300).toNanos());
        Duration before = store.elapsed();

        CallRun run = play(model, store.limiter(A_SECOND, StoreDown.LOCAL));

        assertThat(run.result()).isEqualTo("ok");
        assertThat(store.elapsed().minus(before)).isEqualTo(Duration.ofMillis(320));
        assertThat(store.givenBack).isEmpty();
        assertThat(store.timer.pendingTasks()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheStoreRefuses_thenTheRefusalSaysWhenToComeBack(CallModel model) {
        store.answeringAfter(
                Duration.ofMillis(20), question -> Duration.ofMinutes(-5).toNanos());

        CallRun run = play(model, store.limiter(StoreDown.LOCAL));

        assertThat(run.failure())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(5)));
        assertThat(store.listener.attempts()).isZero();
        assertThat(store.timer.pendingTasks()).isZero();
    }

    @Test
    void whenACallThatMayWaitIsRefused_thenItMayComeBackAsSoonAsTheWaitFits() {
        store.answering(question -> Duration.ofMillis(-2600).toNanos());
        RateLimiterPolicy limiter = store.limiter(A_SECOND, StoreDown.LOCAL);

        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> limiter.acquire(Call.of("geocoder")))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMillis(1600)));
    }

    @Test
    void whenTheStoreCanNeverGiveSoMany_thenNobodyIsToldToComeBack() {
        store.answering(question -> -Long.MAX_VALUE);
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);

        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> limiter.acquire(Bench.call(3, null)))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whenACallGivesUpItsTurn_thenThePermitsAreGivenBack(CallModel model) {
        store.answeringAfter(
                Duration.ofMillis(20), question -> Duration.ofMillis(900).toNanos());

        playAndCancel(model, store.limiter(A_SECOND, StoreDown.LOCAL), Duration.ofMillis(500));

        assertThat(store.givenBack).containsExactly("null 1");
        assertThat(store.timer.pendingTasks()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenACallGivesUpBeforeTheAnswer_thenWhatComesAfterIsGivenBack(CallModel model) {
        store.answeringAfter(Duration.ofMillis(50), question -> 0L);

        playAndCancel(model, store.limiter(StoreDown.LOCAL), Duration.ofMillis(30));
        store.timer.advance(A_SECOND);

        assertThat(store.givenBack).containsExactly("null 1");
        assertThat(store.listener.attempts()).isZero();
        assertThat(store.listener.events()).as("an answer that came in time").noneMatch(event -> event.to() != null);
    }

    @Test
    void whenARefusedCallGivesUp_thenNothingIsGivenBack() {
        Call call = Call.of("geocoder");
        Reservation place = (Reservation) store.limiter(StoreDown.LOCAL).acquire(call);
        store.last().refusesFor(A_SECOND);

        place.withdraw(call);

        assertThat(store.givenBack).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenTheDeadlineIsBeforeTheTurn_thenTheCallIsRefusedAtOnceAndNothingReserved(CallModel model) throws Exception {
        store.answeringAfter(
                Duration.ofMillis(20),
                question -> question.longestWait().compareTo(Duration.ofMillis(600)) < 0
                        ? Duration.ofMillis(-600).toNanos()
                        : 0L);
        RateLimiterPolicy limiter = store.limiter(A_SECOND, StoreDown.LOCAL);

        CallRun run = Deadline.in(Duration.ofMillis(400), store.timer.ticker()).call(() -> play(model, limiter));

        assertThat(run.failure()).isInstanceOf(DeadlineExceededException.class);
        assertThat(store.elapsed()).isLessThan(Duration.ofMillis(100));
        assertThat(store.givenBack).isEmpty();
    }

    @Test
    void whenTheStoreIsUp_thenTheSnapshotSaysSo() {
        assertThat(store.limiter(StoreDown.LOCAL).snapshot())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "scope", "shared", "available", 7L, "limit", 2, "store-down", 0, "decided-without-store", 0L));
    }

    @Test
    void whenNothingIsAsked_thenNothingIsSent() {
        store.limiter(StoreDown.LOCAL).snapshot();

        assertThat(store.questions).isEmpty();
    }

    private CallRun play(CallModel model, RateLimiterPolicy limiter) {
        return model.play(pipeline(limiter), target(), store.timer);
    }

    private void playAndCancel(CallModel model, RateLimiterPolicy limiter, Duration patience) {
        model.playAndCancel(patience, pipeline(limiter), target(), store.timer);
    }

    private Pipeline pipeline(RateLimiterPolicy limiter) {
        return Pipeline.named("geocoder").runtime(store.runtime).policy(limiter).build();
    }

    private ScriptedTarget target() {
        ScriptedTarget target = new ScriptedTarget(store.timer);
        target.answers("ok");
        return target;
    }
}

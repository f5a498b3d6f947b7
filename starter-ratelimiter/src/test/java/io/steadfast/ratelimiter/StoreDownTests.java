package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/** What becomes of calls while the store does not answer, and how it is found to be back. */
class StoreDownTests {

    private final HandStore store = new HandStore();

    private final Call call = Call.of("geocoder");

    @Test
    void whenTheStoreFails_thenEachProcessKeepsTheLimitByItself() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);
        store.broken();

        assertThat(store.enter(limiter, call)).isSameAs(Admitted.PERMIT);
        assertThat(store.enter(limiter, call)).isSameAs(Admitted.PERMIT);
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> store.enter(limiter, call))
                .withMessageContaining("its rate limit is used up");
    }

    @Test
    void whenTheStoreIsDown_thenNoCallWaitsForIt() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);
        store.lose(limiter);
        int asked = store.questions.size();

        assertThat(limiter.acquire(call)).isSameAs(Admitted.PERMIT);

        assertThat(store.questions).hasSize(asked);
        assertThat(store.elapsed()).isZero();
    }

    @Test
    void whenTheStoreIsDownAndTheSettingIsOpen_thenEveryCallIsAdmitted() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);

        for (int i = 0; i < 100; i++) {
            assertThat(limiter.acquire(call)).isSameAs(Admitted.PERMIT);
        }
        assertThat(limiter.snapshot())
                .containsEntry("decided-without-store", 101L)
                .containsEntry("available", 7L);
    }

    @Test
    void whenTheStoreIsDownAndTheSettingIsClosed_thenEveryCallIsRefusedAndToldWhy() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.CLOSED);
        store.lose(limiter);
        store.timer.advance(Duration.ofMillis(300));

        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> limiter.acquire(call))
                .withMessage("Call 'geocoder' was refused: its rate limit is shared with other processes, and the store"
                        + " failed: wire cut; try again in 700 ms")
                .satisfies(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMillis(700)));
    }

    @Test
    void whenTheStoreDoesNotAnswer_thenTheCallWaitsNoLongerThanTheSettingSays() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);

        assertThat(store.enter(limiter, call)).isSameAs(Admitted.PERMIT);

        assertThat(store.elapsed()).isEqualTo(HandStore.ANSWER_WITHIN);
        assertThat(changes())
                .containsExactly("shared -> store-down: the store failed: no answer within 100ms; until it answers"
                        + " again, each process keeps the limit by itself");
    }

    @Test
    void whenTheAnswerComesTooLate_thenItsPermitsAreSpentAndTheStoreStaysDown() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);
        store.enter(limiter, call);

        store.last().admits();

        assertThat(store.givenBack).isEmpty();
        assertThat(limiter.snapshot()).containsEntry("store-down", 1);
    }

    @Test
    void whenEachCallGivesUpBeforeTheStoreHasFailed_thenItIsFoundToBeDownAllTheSame() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);
        Reservation place = (Reservation) limiter.acquire(call);
        place.withdraw(call);

        store.last().fails(new TimeoutException("no answer within 100ms"));
        store.settle();

        assertThat(limiter.snapshot()).containsEntry("store-down", 1);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void whenTheStandInLetsCallsWait_thenTheyWaitForIt() {
        RateLimiterPolicy limiter = store.limiter(Duration.ofHours(2), StoreDown.LOCAL);
        store.lose(limiter);
        limiter.acquire(call);

        assertThat(limiter.acquire(call)).isInstanceOf(Turn.class);
    }

    @Test
    void whenManyCallsFailTogether_thenItIsOneChange() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        List<Reservation> places = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            places.add((Reservation) limiter.acquire(call));
        }

        store.questions.forEach(
                question -> question.fails(new CompletionException(new IllegalStateException("reset"))));
        assertThat(changes()).as("told on the store's own thread").isEmpty();

        places.forEach(place -> assertThat(place.claim(call)).isSameAs(Admitted.PERMIT));
        assertThat(changes()).singleElement().asString().contains("the store failed: reset;");
    }

    @Test
    void whenTheIntervalIsOver_thenOneCallLooksAndStillDoesNotWait() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);
        store.silent();
        int asked = store.questions.size();
        store.timer.advance(HandStore.PROBE_INTERVAL.minusNanos(1));
        limiter.acquire(call);
        assertThat(store.questions).hasSize(asked);
        store.timer.advance(Duration.ofNanos(1));

        for (int i = 0; i < 5; i++) {
            assertThat(limiter.acquire(Bench.call(2, "seven"))).isSameAs(Admitted.PERMIT);
        }

        assertThat(store.questions).hasSize(asked + 1);
        assertThat(store.last().key()).isEqualTo("seven");
        assertThat(store.last().permits()).isEqualTo(2);
        assertThat(store.last().longestWait()).isZero();
    }

    @Test
    void whenTheLookIsAnswered_thenTheStoreDecidesAgainAndTheLookHasCostNothing() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);
        look(limiter);

        store.last().admits();
        assertThat(changes()).as("told on the store's own thread").hasSize(1);
        store.settle();

        assertThat(store.givenBack).containsExactly("null 1");
        assertThat(limiter.snapshot()).containsEntry("store-down", 0).doesNotContainKey("trouble");
        assertThat(limiter.acquire(call)).isInstanceOf(StoreReservation.class);
        assertThat(changes()).hasSize(2).last().isEqualTo("store-down -> shared: the store answers again");
    }

    @Test
    void whenTheLookIsRefusedByTheLimit_thenThatIsAnAnswerToo() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);
        look(limiter);

        store.last().refusesFor(Duration.ofMinutes(1));
        store.settle();

        assertThat(store.givenBack).isEmpty();
        assertThat(limiter.snapshot()).containsEntry("store-down", 0);
    }

    @Test
    void whenTheLookFails_thenTheNextIsAnIntervalLater() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);
        look(limiter);
        store.last().fails(new IllegalStateException("still cut"));
        int asked = store.questions.size();

        limiter.acquire(call);
        assertThat(store.questions).hasSize(asked);
        look(limiter);

        assertThat(store.questions).hasSize(asked + 1);
        assertThat(changes()).as("changes told").hasSize(1);
    }

    @Test
    void whenTheLookIsAnsweredTooLate_thenTheStoreIsStillDown() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.lose(limiter);
        look(limiter);
        store.timer.advance(HandStore.ANSWER_WITHIN.plusNanos(1));

        store.last().admits();
        store.settle();

        assertThat(limiter.snapshot()).containsEntry("store-down", 1);
        assertThat(store.givenBack).containsExactly("null 1");
    }

    @Test
    void whenAQuestionFromBeforeFailsAfterTheStoreIsBack_thenItIsNotDownAgain() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        Reservation early = (Reservation) limiter.acquire(call);
        HandStore.Question earlyQuestion = store.last();
        store.lose(limiter);
        look(limiter);
        store.last().admits();
        store.settle();

        earlyQuestion.fails(new TimeoutException("at last"));

        assertThat(early.claim(call)).isSameAs(Admitted.PERMIT);
        assertThat(limiter.snapshot()).containsEntry("store-down", 0);
        assertThat(changes()).hasSize(2);
    }

    @Test
    void whenTheStoreIsDown_thenTheSnapshotSaysWhyAndShowsTheStandIn() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.LOCAL);
        store.lose(limiter);

        assertThat(limiter.snapshot())
                .containsEntry("store-down", 1)
                .containsEntry("available", 1L)
                .containsEntry("limit", 2)
                .containsEntry("waiting", 0)
                .containsEntry("trouble", "cannot share its limit: the store failed: wire cut");
    }

    @Test
    void whenAFailureHasNoOrALongMessage_thenTheReasonIsShortAndNotEmpty() {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        Reservation first = (Reservation) limiter.acquire(call);
        store.last().fails(new IllegalStateException());
        first.claim(call);
        look(limiter);
        store.last().admits();
        store.settle();
        Reservation second = (Reservation) limiter.acquire(call);
        store.last().fails(new IllegalStateException("x".repeat(10_000)));
        second.claim(call);

        assertThat(changes().get(0)).contains("the store failed: IllegalStateException;");
        assertThat(changes().get(2)).hasSizeLessThan(400);
    }

    @Test
    void whenManyThreadsLoseTheStoreAtOnce_thenEachIsDecidedAndItIsOneChange() throws Exception {
        RateLimiterPolicy limiter = store.limiter(StoreDown.OPEN);
        store.broken();
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> {
                    start.await();
                    int admitted = 0;
                    for (int n = 0; n < 1000; n++) {
                        admitted += limiter.acquire(call) == Admitted.PERMIT ? 1 : 0;
                    }
                    return admitted;
                }));
            }
            start.countDown();
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isEqualTo(1000);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(changes()).hasSize(1);
        assertThat(limiter.snapshot()).containsEntry("decided-without-store", 8000L);
    }

    /** Lets an interval pass, and one call look whether the store is back. */
    private void look(RateLimiterPolicy limiter) {
        store.timer.advance(HandStore.PROBE_INTERVAL);
        store.silent();
        limiter.acquire(call);
    }

    private List<String> changes() {
        return store.listener.events().stream()
                .filter(event -> event.kind() == PolicyEvent.Kind.STATE_CHANGED)
                .map(event -> event.from() + " -> " + event.to() + ": " + event.detail())
                .toList();
    }
}

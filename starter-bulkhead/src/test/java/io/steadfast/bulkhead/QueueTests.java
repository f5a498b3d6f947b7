package io.steadfast.bulkhead;

import static io.steadfast.bulkhead.Priority.CRITICAL;
import static io.steadfast.bulkhead.Priority.NORMAL;
import static io.steadfast.bulkhead.Priority.SHEDDABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.steadfast.bulkhead.Calls.Waiter;
import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

class QueueTests {

    private final Calls calls = new Calls(queue(1).queueCapacity(3));

    private static BulkheadConfigBuilder queue(int limit) {
        return BulkheadConfig.builder().maxConcurrentCalls(limit).maxWaitDuration(Duration.ofSeconds(2));
    }

    @Test
    void whenFull_thenTheCallGetsAPlaceForTheLongestWaitThatMayComeEarly() {
        calls.enter();
        Reservation place = (Reservation) calls.bulkhead.acquire(Call.of("stock"));

        assertThat(place.waitNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(place.mayComeEarly()).isTrue();
        assertThat(calls.queued()).isEqualTo(1);
        assertThat(calls.inFlight()).isEqualTo(1);
    }

    @Test
    void whenAPermitComesBack_thenItGoesToWhoeverHasWaitedLongest() {
        Permit in = calls.enter();
        Waiter first = calls.join();
        Waiter second = calls.join();

        calls.leave(in);
        assertThat(first.isWoken()).isTrue();
        assertThat(second.isWoken()).isFalse();
        assertThat(calls.inFlight()).isEqualTo(1);
        Permit next = first.claim();
        calls.leave(next);
        assertThat(second.isWoken()).isTrue();
        calls.leave(second.claim());
        assertEmpty(calls);
    }

    @Test
    void whenTheNewestIsFirst_thenThePermitGoesToWhoeverHasWaitedLeast() {
        Calls lifo = new Calls(queue(1).queueOrder(QueueOrder.LIFO).queueCapacity(3));
        Permit in = lifo.enter();
        Waiter oldest = lifo.join();
        Waiter between = lifo.join();
        Waiter newest = lifo.join();

        lifo.leave(in);
        assertThat(newest.isWoken()).isTrue();
        lifo.leave(newest.claim());
        assertThat(between.isWoken()).isTrue();
        assertThat(oldest.isWoken()).isFalse();
        lifo.leave(between.claim());
        lifo.leave(oldest.claim());
        assertEmpty(lifo);
    }

    @Test
    void whenSomebodyWaits_thenNobodyEntersPastTheQueue() {
        Permit in = calls.enter();
        Waiter waiter = calls.join();
        calls.leave(in);

        Waiter later = calls.join(); // the permit is the first waiter's, though it has not claimed it yet
        assertThat(waiter.isWoken()).isTrue();
        assertThat(later.isWoken()).isFalse();
        assertThat(calls.inFlight()).isEqualTo(1);
    }

    @Test
    void whenTheQueueIsFull_thenWhoComesIsRefused() {
        calls.enter();
        calls.join();
        calls.join();
        calls.join();

        assertThat(calls.isRefused(NORMAL)).isTrue();
        assertThat(calls.queued()).isEqualTo(3);
    }

    @Test
    void whenTheQueueIsFullAndTheNewestIsFirst_thenTheOldestIsRefusedAndMakesRoom() {
        Calls lifo = new Calls(queue(1).queueOrder(QueueOrder.LIFO).queueCapacity(2));
        Permit in = lifo.enter();
        Waiter oldest = lifo.join();
        Waiter older = lifo.join();
        Waiter newest = lifo.join();

        assertThat(oldest.isWoken()).isTrue();
        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(oldest::claim);
        assertThat(lifo.queued()).isEqualTo(2);
        lifo.leave(in);
        lifo.leave(newest.claim());
        lifo.leave(older.claim());
        assertEmpty(lifo);
    }

    @Test
    void whenNoCapacityIsSet_thenAsManyMayWaitAsMayBeInFlight() {
        Calls three = new Calls(queue(3));
        for (int i = 0; i < 3; i++) {
            three.enter();
        }
        for (int i = 0; i < 3; i++) {
            three.join();
        }
        assertThat(three.isRefused(NORMAL)).isTrue();
    }

    @Test
    void whenTheWaitEndsInVain_thenTheCallIsRefusedAndHasLeftNoTrace() {
        Permit in = calls.enter();
        Waiter waiter = calls.join();

        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(waiter::claim);
        assertThat(calls.queued()).isZero();
        calls.leave(in);
        assertThat(waiter.isWoken()).isFalse();
        assertEmpty(calls);
    }

    @Test
    void whenAWaiterWithdraws_thenItIsPassedOverAndNeverWoken() {
        Permit in = calls.enter();
        Waiter gone = calls.join();
        Waiter stays = calls.join();

        gone.withdraw();
        assertThat(calls.queued()).isEqualTo(1);
        calls.leave(in);
        assertThat(gone.isWoken()).isFalse();
        calls.leave(stays.claim());
        assertEmpty(calls);
    }

    @Test
    void whenAWaiterWithdrawsThoughThePermitHasCome_thenThePermitPassesOn() {
        Permit in = calls.enter();
        Waiter unlucky = calls.join();
        Waiter next = calls.join();
        calls.leave(in);

        unlucky.withdraw();
        assertThat(next.isWoken()).isTrue();
        assertThat(calls.inFlight()).isEqualTo(1);
        next.withdraw();
        assertEmpty(calls);
    }

    @Test
    void whenAnEvictedWaiterWithdraws_thenNothingHappens() {
        Calls lifo = new Calls(queue(1).queueOrder(QueueOrder.LIFO).queueCapacity(1));
        Permit in = lifo.enter();
        Waiter evicted = lifo.join();
        Waiter stays = lifo.join();

        evicted.withdraw();
        lifo.leave(in);
        lifo.leave(stays.claim());
        assertEmpty(lifo);
    }

    @Test
    void whenThePermitCameBeforeAnybodyAskedToBeWoken_thenTheWakeComesAtOnceAndOnce() {
        Permit in = calls.enter();
        Call call = Call.of("stock");
        Reservation place = (Reservation) calls.bulkhead.acquire(call);
        calls.leave(in);

        Waiter late = new Waiter(call, place);
        assertThat(late.wakes()).isEqualTo(1);
        calls.leave(late.claim());
        assertEmpty(calls);
    }

    @Test
    void whenTheLimitRises_thenThoseWhoWaitAreServedInOrder() {
        Permits permits = full(1);
        List<Integer> woken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            waitIn(permits).whenReady(() -> woken.add(number));
        }
        permits.limit(3, null);

        assertThat(woken).containsExactly(0, 1);
        assertThat(Permits.inFlight(permits.look())).isEqualTo(3);
        assertThat(Permits.waiting(permits.look())).isEqualTo(2);
    }

    @Test
    void whenTheLimitFalls_thenCallsInFlightEndAndNobodyIsServedBeforeThereIsRoom() {
        Permits permits = full(3);
        List<Integer> woken = new ArrayList<>();
        waitIn(permits).whenReady(() -> woken.add(0));
        permits.limit(1, null);

        assertThat(permits.leave()).isEqualTo(3);
        assertThat(permits.leave()).isEqualTo(2);
        assertThat(woken).isEmpty();
        assertThat(permits.leave()).isEqualTo(1);
        assertThat(woken).containsExactly(0);
    }

    private static Permits full(int limit) {
        Permits permits = new Permits(limit, QueueOrder.FIFO);
        permits.meet(NORMAL);
        for (int i = 0; i < limit; i++) {
            assertThat(permits.tryEnter(NORMAL)).isTrue();
        }
        return permits;
    }

    private Place waitIn(Permits permits) {
        Place place = new Place(calls.bulkhead, permits, NORMAL);
        assertThat(permits.join(place, 10)).isEqualTo(Permits.Answer.WAITING);
        return place;
    }

    @Test
    void whenClassesWait_thenTheHigherIsServedFirstThoughItCameLast() {
        Permit in = calls.enter(CRITICAL);
        Waiter sheddable = calls.join(SHEDDABLE);
        Waiter normal = calls.join(NORMAL);
        Waiter critical = calls.join(CRITICAL);

        calls.leave(in);
        calls.leave(critical.claim());
        calls.leave(normal.claim());
        calls.leave(sheddable.claim());
        assertEmpty(calls);
    }

    @Test
    void whenTheQueueIsFull_thenAHigherClassTakesThePlaceOfWhoeverIsLastOfTheLowest() {
        calls.enter(CRITICAL);
        Waiter early = calls.join(SHEDDABLE);
        Waiter late = calls.join(SHEDDABLE);
        Waiter normal = calls.join(NORMAL);
        calls.join(CRITICAL);

        assertThat(late.isWoken()).isTrue();
        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(late::claim);
        assertThat(early.isWoken()).isFalse();
        assertThat(calls.isRefused(SHEDDABLE)).isTrue();
        calls.join(CRITICAL);
        assertThat(early.isWoken()).isTrue();
        calls.join(CRITICAL);
        assertThat(normal.isWoken()).isTrue();
        assertThat(calls.isRefused(CRITICAL)).isTrue();
    }

    @Test
    void whenThereIsRoomForHigherClassesOnly_thenLowerOnesWaitAndHigherOnesEnterPastThem() {
        Calls ten = new Calls(queue(10));
        ten.enter(CRITICAL);
        for (int i = 0; i < 8; i++) {
            ten.enter(NORMAL);
        }
        Waiter normal = ten.join(NORMAL);
        Permit critical = ten.enter(CRITICAL);

        assertThat(ten.inFlight()).isEqualTo(10);
        ten.leave(critical);
        assertThat(normal.isWoken()).isFalse();
    }

    private static void assertEmpty(Calls calls) {
        assertThat(calls.inFlight()).as("in flight").isZero();
        assertThat(calls.queued()).as("queued").isZero();
    }
}

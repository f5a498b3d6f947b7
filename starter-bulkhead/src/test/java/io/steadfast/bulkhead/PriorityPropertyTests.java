package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What users are promised of priorities, asked of the bulkhead itself: at no moment is a call refused while one of a lower class
 * is let in, or is left in the queue.
 */
class PriorityPropertyTests {

    private static final int STEPS = 200;

    private static final Priority[] CLASSES = Priority.values();

    @Property(tries = 300)
    void whateverTheTraffic_thenNobodyIsRefusedWhileALesserCallIsAdmittedOrWaits(
            @ForAll @IntRange(min = 1, max = 30) int limit,
            @ForAll @IntRange(min = 1, max = 12) int capacity,
            @ForAll QueueOrder order,
            @ForAll long seed) {
        Traffic traffic = new Traffic(
                BulkheadConfig.builder()
                        .maxConcurrentCalls(limit)
                        .maxWaitDuration(Duration.ofSeconds(1))
                        .queueCapacity(capacity)
                        .queueOrder(order),
                new Random(seed));
        traffic.flow();
    }

    @Property(tries = 300)
    void whateverTheTrafficWithoutAQueue_thenNobodyIsRefusedWhileALesserCallIsAdmitted(
            @ForAll @IntRange(min = 1, max = 30) int limit, @ForAll long seed) {
        new Traffic(BulkheadConfig.builder().maxConcurrentCalls(limit), new Random(seed)).flow();
    }

    private static final class Traffic {

        private final Calls calls;

        private final Random random;

        private final List<Permit> running = new ArrayList<>();

        private final List<Waiting> waiting = new ArrayList<>();

        Traffic(BulkheadConfigBuilder config, Random random) {
            this.calls = new Calls(config);
            this.random = random;
        }

        void flow() {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(3) > 0) {
                    arrive(CLASSES[random.nextInt(CLASSES.length)]);
                } else if (!running.isEmpty()) {
                    calls.leave(running.remove(random.nextInt(running.size())));
                }
                endWaits();
            }
            while (!running.isEmpty()) {
                calls.leave(running.remove(0));
                endWaits();
            }
            waiting.forEach(Waiting::giveUp);
            assertThat(calls.inFlight()).isZero();
            assertThat(calls.queued()).isZero();
        }

        private void arrive(Priority priority) {
            Call call = Calls.of(priority);
            try {
                Permit permit = calls.bulkhead.acquire(call);
                if (permit instanceof Reservation place) {
                    waiting.add(new Waiting(call, place, priority));
                } else {
                    running.add(permit);
                }
            } catch (BulkheadFullException refused) {
                assertNoLesserCallIsBetterOff(priority);
            }
        }

        private void assertNoLesserCallIsBetterOff(Priority refused) {
            for (Priority lesser : CLASSES) {
                if (lesser.compareTo(refused) > 0) {
                    assertThat(calls.isRefused(lesser))
                            .as("%s is refused as %s is", lesser, refused)
                            .isTrue();
                    assertThat(waiting)
                            .as("%s waits though %s is refused", lesser, refused)
                            .noneMatch(one -> one.priority == lesser && !one.isOver);
                }
            }
        }

        private void endWaits() {
            for (Waiting one : List.copyOf(waiting)) {
                if (one.isOver || random.nextInt(20) == 0) {
                    waiting.remove(one);
                    one.claim();
                }
            }
        }

        private final class Waiting {

            private final Call call;

            private final Reservation place;

            private final Priority priority;

            private boolean isOver;

            Waiting(Call call, Reservation place, Priority priority) {
                this.call = call;
                this.place = place;
                this.priority = priority;
                place.whenReady(() -> isOver = true);
            }

            void claim() {
                try {
                    running.add(place.claim(call));
                } catch (BulkheadFullException waitedInVain) {
                    assertThat(waitedInVain.callName()).isEqualTo("stock");
                }
            }

            void giveUp() {
                place.withdraw(call);
            }
        }
    }
}

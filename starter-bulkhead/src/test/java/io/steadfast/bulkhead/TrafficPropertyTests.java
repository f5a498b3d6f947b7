package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.steadfast.bulkhead.Permits.Answer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random traffic: calls of all classes come, end, wait, give up, and the limit moves. */
class TrafficPropertyTests {

    private static final int STEPS = 300;

    private static final Priority[] CLASSES = Priority.values();

    @Property(tries = 500)
    void whateverTheTraffic_thenItIsServedAsByThePlainestBulkhead(
            @ForAll @IntRange(min = 1, max = 30) int limit,
            @ForAll @IntRange(min = 1, max = 12) int capacity,
            @ForAll QueueOrder order,
            @ForAll long seed) {
        Traffic traffic = new Traffic(limit, capacity, order, new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            traffic.step();
            traffic.assertSameAsPlain();
        }
        traffic.drain();
    }

    /** A bulkhead and its plain twin, with the same callers. */
    private static final class Traffic {

        private final Random random;

        private final int capacity;

        private final Permits permits;

        private final NaiveBulkhead plain;

        private final Map<Integer, Place> places = new TreeMap<>();

        private final List<Integer> woken = new ArrayList<>();

        private final BulkheadPolicy owner = BulkheadPolicy.of(
                "traffic",
                BulkheadConfig.builder().maxWaitDuration(Duration.ofSeconds(1)).build());

        private int callers;

        private int running;

        Traffic(int limit, int capacity, QueueOrder order, Random random) {
            this.capacity = capacity;
            this.random = random;
            this.permits = new Permits(limit, order);
            this.plain = new NaiveBulkhead(limit, capacity, order);
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> arrive(CLASSES[random.nextInt(CLASSES.length)]);
                case 5, 6 -> leave();
                case 7 -> claim();
                case 8 -> withdraw();
                default -> moveLimit();
            }
        }

        private void arrive(Priority priority) {
            int number = callers++;
            Place place = new Place(owner, permits, priority);
            permits.meet(priority);
            Answer answer = permits.tryEnter(priority) ? Answer.ENTERED : permits.join(place, capacity);
            assertThat(answer).isEqualTo(plain.arrive(number, priority));
            if (answer == Answer.ENTERED) {
                running++;
            }
            if (answer == Answer.WAITING) {
                places.put(number, place);
                permits.whenReady(place, () -> woken.add(number));
            }
        }

        private void leave() {
            if (running > 0) {
                running--;
                permits.leave();
                plain.leave();
            }
        }

        /** The longest wait of somebody is over, or somebody has been woken. */
        private void claim() {
            Integer number = anybody();
            if (number != null) {
                boolean expected = plain.granted.remove(number);
                boolean granted = permits.claim(places.remove(number));
                assertThat(granted).isEqualTo(expected);
                if (granted) {
                    running++;
                } else {
                    plain.withdraw(number);
                }
                woken.remove(number);
            }
        }

        private void withdraw() {
            Integer number = anybody();
            if (number != null) {
                permits.withdraw(places.remove(number));
                plain.withdraw(number);
                woken.remove(number);
            }
        }

        private void moveLimit() {
            int limit = 1 + random.nextInt(30);
            permits.limit(limit, null);
            plain.limit(limit);
        }

        private Integer anybody() {
            return places.isEmpty() ? null : new ArrayList<>(places.keySet()).get(random.nextInt(places.size()));
        }

        void assertSameAsPlain() {
            assertThat(Permits.inFlight(permits.look())).as("in flight").isEqualTo(plain.inFlight());
            assertThat(Permits.waiting(permits.look())).as("queued").isEqualTo(plain.queue.size());
            List<Integer> ready = new ArrayList<>(plain.granted);
            ready.addAll(plain.evicted);
            assertThat(woken).as("woken").containsExactlyInAnyOrderElementsOf(ready);
        }

        /** Everybody ends; then nothing is left. */
        void drain() {
            while (running > 0 || !places.isEmpty()) {
                leave();
                claim();
            }
            assertThat(permits.look()).isZero();
        }
    }
}

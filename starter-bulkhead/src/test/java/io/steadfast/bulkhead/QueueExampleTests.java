package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/**
 * The worked example of queues in docs/guide/bulkhead.md, run in virtual time: 10 places, calls of 100 ms, a queue of 20, and
 * 120 calls a second where 100 can be served.
 */
class QueueExampleTests {

    private static final Path GUIDE = Path.of("../docs/guide/bulkhead.md");

    private static final int SECONDS = 60;

    private final SimulatedTime time = new SimulatedTime();

    private final SimulatedChance chance = new SimulatedChance(2026);

    private final Call call = Call.of("stock");

    private final List<Long> waitsOfServed = new ArrayList<>();

    private final List<Long> waitsOfRefused = new ArrayList<>();

    @Test
    void whenTheOldestIsFirst_thenEverybodyWaits() throws IOException {
        assertThat(Files.readString(GUIDE)).contains(row(QueueOrder.FIFO));
    }

    @Test
    void whenTheNewestIsFirst_thenMostAreServedAtOnceAndSomeWaitInVain() throws IOException {
        assertThat(Files.readString(GUIDE)).contains(row(QueueOrder.LIFO));
    }

    private String row(QueueOrder order) {
        BulkheadPolicy bulkhead = BulkheadPolicy.of(
                "stock",
                BulkheadConfig.builder()
                        .maxConcurrentCalls(10)
                        .maxWaitDuration(Duration.ofSeconds(1))
                        .queueCapacity(20)
                        .queueOrder(order)
                        .build());
        comeLater(bulkhead);
        time.run(Duration.ofSeconds(SECONDS));
        Collections.sort(waitsOfServed);
        Collections.sort(waitsOfRefused);
        return String.format(
                Locale.ROOT,
                "| `%s` | %d | %d ms | %d ms | %d | %d ms |",
                order.name().toLowerCase(Locale.ROOT),
                Math.round((double) waitsOfServed.size() / SECONDS),
                millis(waitsOfServed, 0.5),
                millis(waitsOfServed, 0.9),
                Math.round((double) waitsOfRefused.size() / SECONDS),
                millis(waitsOfRefused, 0.5));
    }

    private void comeLater(BulkheadPolicy bulkhead) {
        time.after(chance.exponential(1e9 / 120), () -> {
            comeLater(bulkhead);
            come(bulkhead);
        });
    }

    private void come(BulkheadPolicy bulkhead) {
        try {
            Permit permit = bulkhead.acquire(call);
            if (permit instanceof Reservation place) {
                new Wait(place, time.nanos()).begin();
            } else {
                serve(permit, time.nanos());
            }
        } catch (BulkheadFullException refused) {
            waitsOfRefused.add(0L);
        }
    }

    private void serve(Permit permit, long cameAt) {
        waitsOfServed.add(time.nanos() - cameAt);
        time.after(Duration.ofMillis(100).toNanos(), () -> permit.succeeded(call, 0, "ok"));
    }

    private static long millis(List<Long> sorted, double quantile) {
        return Math.round(sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6);
    }

    /** Claims once: when woken, or when the longest wait is over. */
    private final class Wait {

        private final Reservation place;

        private final long cameAt;

        private boolean over;

        Wait(Reservation place, long cameAt) {
            this.place = place;
            this.cameAt = cameAt;
        }

        void begin() {
            time.after(place.waitNanos(), this::claim);
            place.whenReady(() -> time.after(0, this::claim));
        }

        private void claim() {
            if (over) {
                return;
            }
            over = true;
            try {
                serve(place.claim(call), cameAt);
            } catch (BulkheadFullException refused) {
                waitsOfRefused.add(time.nanos() - cameAt);
            }
        }
    }
}

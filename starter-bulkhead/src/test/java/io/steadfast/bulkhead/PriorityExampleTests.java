package io.steadfast.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import org.junit.jupiter.api.Test;

/**
 * The worked example of priorities in docs/guide/bulkhead.md, run in virtual time: 10 places, calls of 100 ms, and each second 10
 * calls that matter among 200 that do not.
 */
class PriorityExampleTests {

    private static final Path GUIDE = Path.of("../docs/guide/bulkhead.md");

    private static final int SECONDS = 600;

    private final SimulatedTime time = new SimulatedTime();

    private final SimulatedChance chance = new SimulatedChance(2026);

    private final BulkheadPolicy bulkhead = BulkheadPolicy.of(
            "example", BulkheadConfig.builder().maxConcurrentCalls(10).build());

    @Test
    void whenCallsHaveNoPriorities_thenThoseThatMatterAreRefusedLikeAllOthers() throws IOException {
        assertThat(Files.readString(GUIDE)).contains(row("none", Priority.NORMAL, Priority.NORMAL));
    }

    @Test
    void whenCallsHavePriorities_thenThoseThatMatterAreHardlyRefused() throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains(row("critical and sheddable", Priority.CRITICAL, Priority.SHEDDABLE));
    }

    private String row(String priorities, Priority mattering, Priority others) {
        Crowd few = new Crowd(Calls.of(mattering), 10);
        Crowd many = new Crowd(Calls.of(others), 200);
        few.comeLater();
        many.comeLater();
        time.run(Duration.ofSeconds(SECONDS));
        return String.format(
                Locale.ROOT,
                "| %s | %.1f of 10 | %.0f of 200 | %.0f %% |",
                priorities,
                few.servedPerSecond(),
                many.servedPerSecond(),
                few.refusedPercent());
    }

    private final class Crowd {

        private final Call call;

        private final double perSecond;

        private int served;

        private int refused;

        Crowd(Call call, double perSecond) {
            this.call = call;
            this.perSecond = perSecond;
        }

        void comeLater() {
            time.after(chance.exponential(1e9 / perSecond), () -> {
                comeLater();
                come();
            });
        }

        private void come() {
            try {
                Permit permit = bulkhead.acquire(call);
                served++;
                time.after(Duration.ofMillis(100).toNanos(), () -> permit.succeeded(call, 0, "ok"));
            } catch (BulkheadFullException full) {
                refused++;
            }
        }

        double servedPerSecond() {
            return (double) served / SECONDS;
        }

        double refusedPercent() {
            return 100.0 * refused / (served + refused);
        }
    }
}

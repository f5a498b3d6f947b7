package io.steadfast.samples.failover.show;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.steadfast.failover.actuate.FailoverEndpoint;
import io.steadfast.failover.actuate.InstanceDescriptor;
import org.springframework.stereotype.Component;

/** Prints a row now and then: what visitors got, and what each instance did for it. */
@Component
class Board {

    private static final int ROWS_PER_HEADER = 12;

    private final Fleet fleet;

    private final Visitors visitors;

    private final FailoverEndpoint pools;

    private int rows;

    Board(Fleet fleet, Visitors visitors, FailoverEndpoint pools) {
        this.fleet = fleet;
        this.visitors = visitors;
        this.pools = pools;
    }

    void say(String line) {
        System.out.println(line);
    }

    void news(long second, String text) {
        say("%4d| >>> %s".formatted(second, text));
    }

    void row(long second) {
        if (rows++ % ROWS_PER_HEADER == 0) {
            header();
        }
        long answered = 0;
        StringBuilder instances = new StringBuilder();
        for (StockProcess instance : fleet.instances()) {
            long got = visitors.answeredBy(instance.name());
            answered += got;
            instances.append("|%4s %-17s".formatted(number(got), state(instance)));
        }
        say("%4d|%5s%5s %6.2f s"
                        .formatted(
                                second, number(answered), number(visitors.failed()), visitors.longestMillis() / 1000.0)
                + instances);
    }

    private void header() {
        StringBuilder titles = new StringBuilder(" sec|visitors          ");
        StringBuilder columns = new StringBuilder("    |   ok fail   longest");
        for (StockProcess instance : fleet.instances()) {
            titles.append("|%-22s".formatted(instance.name()));
            columns.append("| got state            ");
        }
        say(titles.toString());
        say(columns.toString());
    }

    /** As at GET /actuator/failover/stock. */
    private String state(StockProcess instance) {
        return pools.pools().pools().stream()
                .flatMap(pool -> pool.instances().stream())
                .filter(one -> one.uri().endsWith(":" + instance.port()))
                .findFirst()
                .map(Board::state)
                .orElse("not registered");
    }

    private static String state(InstanceDescriptor instance) {
        if (instance.status().equals("available")) {
            return instance.slowStartShare() < 0.995
                    ? "%.0f %% of its share".formatted(100 * instance.slowStartShare())
                    : "in service";
        }
        return instance.status().toUpperCase(Locale.ROOT)
                + Optional.ofNullable(instance.ejectedFor())
                        .map(time -> " " + time)
                        .orElse("");
    }

    private static String number(long value) {
        return value == 0 ? "-" : String.valueOf(value);
    }

    List<String> opening(ShowProperties properties, String shop) {
        return List.of(
                "The shop is open: " + shop + "/products/1, its pool: " + shop + "/actuator/failover/stock",
                "Visitors: " + properties.visitorsPerSecond() + " a second. Ctrl-C ends it, and all "
                        + properties.instances() + " instances of the stock service, which are processes of their own.",
                "A row sums up " + properties.rowSeconds()
                        + " s: visitors who were told (ok) or not (fail), the longest wait; and how many each instance told.",
                "");
    }
}

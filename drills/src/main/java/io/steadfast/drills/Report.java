package io.steadfast.drills;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the full drill and prints the table of {@code docs/reference/failover.md}; four minutes.
 *
 * <pre>{@code
 * ./mvnw -q -am -pl drills spring-boot:run -Dmaven.test.skip
 * }</pre>
 */
public final class Report {

    private Report() {}

    /**
     * Runs and prints.
     *
     * @param arguments the sides; none for both
     */
    public static void main(String[] arguments) {
        List<Side> sides = Stream.of(arguments).map(Side::valueOf).toList();
        try (Drill drill =
                new Drill(Scale.FULL, sides.isEmpty() ? List.of(Side.values()) : sides, System.out::println)) {
            List<Row> rows = drill.run();
            System.out.println();
            System.out.println(Table.of(rows));
            rows.forEach(System.out::println);
            System.out.println(Runtime.version() + " on " + Runtime.getRuntime().availableProcessors() + " processors");
        }
        System.exit(0);
    }
}

package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.jspecify.annotations.Nullable;

/**
 * The levels that have a say in one instance's settings, nearest first, as resilience4j 2.4.0 strings them together: the instance,
 * the configs it is based on, and at their end the config {@code default}. A circuit breaker differs: a config of the instance's
 * own name, or any named base, cuts {@code default} off.
 */
final class Chain {

    private static final String BASE = "base-config";

    private final List<Level> levels;

    private final UnaryOperator<String> placeholders;

    private Chain(List<Level> levels, UnaryOperator<String> placeholders) {
        this.levels = levels;
        this.placeholders = placeholders;
    }

    /**
     * The chain that starts at a level.
     *
     * @param start the instance or config; {@code null} for one that nothing is written about
     * @param name its name
     */
    static Chain of(@Nullable Level start, String name, ForeignSection section, UnaryOperator<String> placeholders) {
        List<Level> levels = new ArrayList<>();
        Level current = start;
        String at = name;
        while (true) {
            if (current != null) {
                levels.add(current);
            }
            List<ForeignProperty> base = current == null ? null : current.get(BASE);
            Level next;
            if (base != null && !base.get(0).value().toString().isBlank()) {
                next = named(placeholders.apply(base.get(0).value().toString()).trim(), base.get(0), section);
            } else if (section.policy() == ForeignPolicy.CIRCUIT_BREAKER && section.config(at) != null) {
                return new Chain(endingWith(section.config(at), levels), placeholders);
            } else {
                next = current != null && current.isDefault() ? null : section.config("default");
            }
            if (next == null || levels.contains(next)) {
                return new Chain(List.copyOf(levels), placeholders);
            }
            current = next;
            at = next.name();
        }
    }

    /** A config that is found by the instance's own name is the last, whatever base it names. */
    private static List<Level> endingWith(@Nullable Level config, List<Level> levels) {
        List<Level> all = new ArrayList<>(levels);
        if (config != null && !all.contains(config)) {
            all.add(config);
        }
        return List.copyOf(all);
    }

    private static Level named(String base, ForeignProperty where, ForeignSection section) {
        Level config = section.config(base);
        if (config == null) {
            throw new InvalidResilienceException(List.of(new StartupProblem(
                    where.name() + " = '" + base + "' names no config of resilience4j."
                            + section.policy().section(),
                    where.origin().toString(),
                    "Add resilience4j." + section.policy().section() + ".configs." + base + ", or remove the line.")));
        }
        return config;
    }

    int size() {
        return levels.size();
    }

    Level level(int index) {
        return levels.get(index);
    }

    /** What the nearest level that has it says. */
    Optional<Found> find(String key) {
        return find(key, 0, levels.size());
    }

    /** The same among some of the levels. */
    Optional<Found> find(String key, int from, int to) {
        for (int i = from; i < to; i++) {
            List<ForeignProperty> parts = levels.get(i).get(key);
            if (parts != null) {
                return Optional.of(new Found(parts, i, levels.get(i).isDefault(), placeholders));
            }
        }
        return Optional.empty();
    }
}

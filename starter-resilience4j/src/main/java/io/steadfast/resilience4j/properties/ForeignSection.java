package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.resilience4j.Difference;
import io.steadfast.resilience4j.Differences;
import org.jspecify.annotations.Nullable;

/** What is written about one kind of policy. Filled by its maker alone. */
final class ForeignSection {

    private static final Difference UNKNOWN = Difference.of("resilience4j has no such key, and nothing reads it.");

    private final ForeignPolicy policy;

    private final Map<String, Level> instances = new LinkedHashMap<>();

    private final Map<String, Level> configs = new LinkedHashMap<>();

    private final List<ForeignProperty> own = new ArrayList<>();

    ForeignSection(ForeignPolicy policy) {
        this.policy = policy;
    }

    ForeignPolicy policy() {
        return policy;
    }

    void take(List<String> path, ForeignProperty property, Differences differences) {
        if (path.size() > 1 && (policy.isInstances(path.get(0)) || Spelled.same(path.get(0), "configs"))) {
            boolean config = Spelled.same(path.get(0), "configs");
            Level level = (config ? configs : instances)
                    .computeIfAbsent(
                            Spelled.uniform(path.get(1)),
                            any -> new Level(path.get(1), config && Spelled.same(path.get(1), "default")));
            if (path.size() > 2) {
                String key = keyOf(path.subList(2, path.size()));
                level.take(key, property);
                tell(KeyRules.find(KeyRules.of(policy), key), property, differences);
            }
        } else if (!path.isEmpty() && !property.value().toString().isEmpty()) {
            own.add(property);
            tell(KeyRules.find(KeyRules.ofSection(policy), String.join(".", path)), property, differences);
        }
    }

    private static String keyOf(List<String> path) {
        String last = path.get(path.size() - 1);
        boolean indexed = path.size() > 1 && last.chars().allMatch(Character::isDigit);
        return String.join(".", indexed ? path.subList(0, path.size() - 1) : path);
    }

    static void tell(Optional<KeyRule> rule, ForeignProperty property, Differences differences) {
        if (rule.isEmpty()) {
            differences.add(UNKNOWN, property.place());
            return;
        }
        Difference difference = rule.get().difference();
        boolean asIsHere = property.value().toString().equals(rule.get().here());
        if (rule.get().told() && difference != null && !asIsHere) {
            differences.add(difference, property.place());
        }
    }

    /** The instances, as written. */
    Collection<Level> instances() {
        return instances.values();
    }

    @Nullable
    Level instance(String name) {
        return instances.get(Spelled.uniform(name));
    }

    @Nullable
    Level config(String name) {
        return configs.get(Spelled.uniform(name));
    }

    /** A key beside the maps; {@code null} if it is not there. */
    @Nullable
    ForeignProperty own(String key) {
        int prefix = policy.section().split("\\.").length;
        return own.stream()
                .filter(property -> Spelled.same(
                        String.join(
                                ".",
                                property.path().subList(prefix, property.path().size())),
                        key))
                .findFirst()
                .orElse(null);
    }
}

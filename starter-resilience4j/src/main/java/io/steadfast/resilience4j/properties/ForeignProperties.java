package io.steadfast.resilience4j.properties;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.steadfast.resilience4j.Differences;
import org.springframework.core.env.PropertySource;

/** All that is written under {@code resilience4j.}, and what it says in our keys. */
final class ForeignProperties {

    private final Map<ForeignPolicy, ForeignSection> sections = new EnumMap<>(ForeignPolicy.class);

    private final UnaryOperator<String> placeholders;

    ForeignProperties(
            Iterable<PropertySource<?>> sources, UnaryOperator<String> placeholders, Differences differences) {
        this.placeholders = placeholders;
        for (ForeignPolicy policy : ForeignPolicy.values()) {
            sections.put(policy, new ForeignSection(policy));
        }
        for (ForeignProperty property : ForeignProperty.readAll(sources)) {
            Optional<ForeignPolicy.Placed> placed = ForeignPolicy.of(property.path());
            if (placed.isPresent()) {
                section(placed.get().policy()).take(placed.get().rest(), property, differences);
            } else if (!property.value().toString().isEmpty()) {
                String key = withoutIndex(property.path());
                ForeignSection.tell(KeyRules.find(KeyRules.elsewhere(), key), property, differences);
            }
        }
    }

    private static String withoutIndex(List<String> path) {
        int last = path.size() - 1;
        boolean indexed = last > 0 && path.get(last).chars().allMatch(Character::isDigit);
        return String.join(".", indexed ? path.subList(0, last) : path);
    }

    private ForeignSection section(ForeignPolicy policy) {
        return sections.computeIfAbsent(policy, ForeignSection::new);
    }

    /**
     * Our properties.
     *
     * @param uses what annotations ask for
     * @return values with their origins by whole names
     * @throws io.steadfast.spring.InvalidResilienceException if a base is named that is not there
     */
    Map<String, Object> translate(Collection<InstanceUse> uses) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (ForeignSection section : sections.values()) {
            if (!section.policy().ours().isEmpty()) {
                translate(section, uses, properties);
            }
        }
        new AspectOrders(sections).addTo(properties, placeholders);
        return properties;
    }

    private void translate(ForeignSection section, Collection<InstanceUse> uses, Map<String, Object> properties) {
        ForeignPolicy policy = section.policy();
        String root = "resilience." + policy.ours();
        OurSettings defaults = Translations.of(policy, Chain.of(null, "", section, placeholders));
        boolean shared = policy != ForeignPolicy.THREAD_POOL_BULKHEAD; // whose defaults would be those of all bulkheads
        if (shared) {
            defaults.addTo(properties, root + ".defaults.");
        }
        Map<String, Chain> chains = new LinkedHashMap<>();
        for (Level instance : section.instances()) {
            chains.put(instance.name(), Chain.of(instance, instance.name(), section, placeholders));
        }
        for (InstanceUse use : uses) {
            if (use.policy() == policy && section.instance(use.name()) == null) {
                Level config = section.config(use.configName());
                if (config != null || !shared) {
                    chains.putIfAbsent(use.name(), Chain.of(config, use.configName(), section, placeholders));
                }
            }
        }
        chains.forEach((name, chain) -> {
            String prefix = root + ".instances[" + policy.nameOfOurs(name) + "].";
            OurSettings settings = Translations.of(policy, chain);
            if (shared) {
                settings.addDifferences(defaults, properties, prefix);
            } else {
                settings.addTo(properties, prefix);
            }
        });
    }

    /** Whether the instance is configured by its name, so that no annotation has a say in its settings. */
    boolean isConfigured(ForeignPolicy policy, String name) {
        return section(policy).instance(name) != null;
    }

    /** Whether there is such a config. */
    boolean hasConfig(ForeignPolicy policy, String name) {
        return section(policy).config(name) != null;
    }
}

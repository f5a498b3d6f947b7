package io.steadfast.resilience4j.properties;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.steadfast.resilience4j.Differences;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * The application's {@code resilience4j.*} properties, which the environment says in our keys too: below everything else but Boot's
 * default properties, so that a key of ours that the application sets itself wins. Thread-safe.
 */
public final class Resilience4jProperties {

    private static final String DEFAULT_PROPERTIES = "defaultProperties";

    private final TranslatedPropertySource source;

    private final Set<InstanceUse> uses;

    private Resilience4jProperties(TranslatedPropertySource source, Collection<InstanceUse> uses) {
        this.source = source;
        this.uses = new HashSet<>(uses);
    }

    /**
     * Adds the translated keys to an environment.
     *
     * @param environment the application's properties
     * @param uses what annotations ask for, as far as it is known before beans are made
     * @param differences told of what is understood differently or not at all
     * @return what was added
     * @throws io.steadfast.spring.InvalidResilienceException if a {@code base-config} is named that is not there
     */
    public static Resilience4jProperties addTo(
            ConfigurableEnvironment environment, List<InstanceUse> uses, Differences differences) {
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(TranslatedPropertySource.NAME);
        TranslatedPropertySource source = new TranslatedPropertySource(environment, uses, differences);
        if (sources.contains(DEFAULT_PROPERTIES)) {
            sources.addBefore(DEFAULT_PROPERTIES, source);
        } else {
            sources.addLast(source);
        }
        return new Resilience4jProperties(source, uses);
    }

    /**
     * Whether an instance has the settings that an annotation asks for. One that was not known of before beans were made, and
     * that asks for more than its name says, has not.
     *
     * @param use the instance
     * @return whether its settings are there
     */
    public boolean covers(InstanceUse use) {
        boolean asksForMore =
                use.policy() == ForeignPolicy.THREAD_POOL_BULKHEAD || hasConfig(use.policy(), use.configName());
        return !asksForMore || uses.contains(use) || isConfigured(use.policy(), use.name());
    }

    /**
     * Reads the properties again.
     *
     * @throws io.steadfast.spring.InvalidResilienceException if a {@code base-config} is named that is not there; what was read before
     *     stays
     */
    public void readAgain() {
        source.readAgain();
    }

    /**
     * Whether properties configure an instance by its name.
     *
     * @param policy the kind of policy
     * @param name the instance
     * @return whether they do
     */
    public boolean isConfigured(ForeignPolicy policy, String name) {
        return source.foreign().isConfigured(policy, name);
    }

    private boolean hasConfig(ForeignPolicy policy, String name) {
        return source.foreign().hasConfig(policy, name);
    }
}

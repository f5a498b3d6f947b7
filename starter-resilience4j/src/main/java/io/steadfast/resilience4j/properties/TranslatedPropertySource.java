package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.resilience4j.Differences;
import io.steadfast.spring.InvalidResilienceException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * What the other sources say under {@code resilience4j.}, said in our keys and with the origins it has there. Follows when a source
 * is added, taken away or replaced, as a refresh of the context does.
 */
final class TranslatedPropertySource extends EnumerablePropertySource<Set<InstanceUse>>
        implements OriginLookup<String> {

    static final String NAME = "resilience4j properties in the keys of resilience";

    private static final Log LOGGER = LogFactory.getLog(TranslatedPropertySource.class);

    /** Boot's view of all the others, which would ask this one again. */
    private static final String ATTACHED = "configurationProperties";

    /** Not the source itself: Boot looks for more sources in a source that is an environment, and would look here for ever. */
    private final ConfigurableEnvironment environment;

    private volatile Snapshot snapshot;

    TranslatedPropertySource(
            ConfigurableEnvironment environment, Collection<InstanceUse> uses, Differences differences) {
        super(NAME, new LinkedHashSet<>(uses));
        this.environment = environment;
        this.snapshot = translate(others(), differences);
    }

    private List<PropertySource<?>> others() {
        List<PropertySource<?>> others = new ArrayList<>();
        for (PropertySource<?> other : environment.getPropertySources()) {
            if (other != this
                    && !other.getName().equals(NAME)
                    && !other.getName().equals(ATTACHED)) {
                others.add(other);
            }
        }
        return others;
    }

    private Snapshot translate(List<PropertySource<?>> others, Differences differences) {
        MutablePropertySources sources = new MutablePropertySources();
        others.forEach(sources::addLast);
        PropertySourcesPropertyResolver placeholders = new PropertySourcesPropertyResolver(sources);
        ForeignProperties foreign = new ForeignProperties(sources, placeholders::resolvePlaceholders, differences);
        return new Snapshot(others, foreign, foreign.translate(getSource()));
    }

    private Snapshot current() {
        Snapshot known = snapshot;
        List<PropertySource<?>> others = others();
        if (known.isOf(others)) {
            return known;
        }
        try {
            snapshot = translate(others, new Differences());
        } catch (InvalidResilienceException refusal) {
            LOGGER.error("Changed resilience4j properties are refused; what was translated before stays", refusal);
            snapshot = new Snapshot(others, known.foreign(), known.properties());
        }
        return snapshot;
    }

    /** Reads all sources again, also those that have changed within. */
    void readAgain() {
        snapshot = translate(others(), new Differences());
    }

    ForeignProperties foreign() {
        return snapshot.foreign();
    }

    @Override
    public String[] getPropertyNames() {
        return current().properties().keySet().toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return snapshot.properties().get(name) instanceof OriginTrackedValue tracked ? tracked.getValue() : null;
    }

    @Override
    public @Nullable Origin getOrigin(String name) {
        return snapshot.properties().get(name) instanceof OriginTrackedValue tracked ? tracked.getOrigin() : null;
    }

    /**
     * What was read, and from whom.
     *
     * @param sources compared by identity: {@link PropertySource#equals} goes by the name alone
     * @param foreign what they say
     * @param properties what that is in our keys
     */
    private record Snapshot(
            List<PropertySource<?>> sources, ForeignProperties foreign, Map<String, Object> properties) {

        boolean isOf(List<PropertySource<?>> others) {
            if (others.size() != sources.size()) {
                return false;
            }
            for (int i = 0; i < others.size(); i++) {
                if (others.get(i) != sources.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}

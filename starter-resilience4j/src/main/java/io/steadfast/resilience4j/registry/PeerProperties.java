package io.steadfast.resilience4j.registry;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What resilience4j's own properties say that is about its registries and endpoints, and not about policies. */
public final class PeerProperties {

    /** What an instance may stand in besides {@code instances}, from long ago. */
    private static final List<String> INSTANCES = List.of("instances", "backends", "limiters");

    private static final int BUFFERED_EVENTS = 100;

    private static final Instance NOTHING_SAID = new Instance();

    private final Binder binder;

    /**
     * Reads properties when asked.
     *
     * @param environment the application's properties
     */
    public PeerProperties(Environment environment) {
        this.binder = Binder.get(environment);
    }

    /**
     * The instances that are described.
     *
     * @param kind a kind of policy
     * @return their names
     */
    public Set<String> names(Kind kind) {
        Set<String> names = new LinkedHashSet<>();
        INSTANCES.forEach(key -> names.addAll(keys(kind.section(), key)));
        return names;
    }

    /**
     * The configurations that instances share.
     *
     * @param kind a kind of policy
     * @return their names
     */
    public Set<String> sharedNames(Kind kind) {
        return new LinkedHashSet<>(keys(kind.section(), "configs"));
    }

    /**
     * How many events of an instance are remembered.
     *
     * @param kind a kind of policy
     * @param name the instance
     * @return as many as its properties say, or 100
     */
    public int bufferedEvents(Kind kind, String name) {
        return find(kind, name, Instance::getEventConsumerBufferSize).orElse(BUFFERED_EVENTS);
    }

    /**
     * A setting of an instance, or else of the configuration it shares.
     *
     * @param kind a kind of policy
     * @param name the instance
     * @param setting which setting
     * @param <T> its type
     * @return its value, if it has one
     */
    public <T> Optional<T> find(Kind kind, String name, Function<Instance, @Nullable T> setting) {
        Map<String, Instance> shared = map(kind.section(), "configs");
        Instance instance = instances(kind.section()).getOrDefault(name, NOTHING_SAID);
        Set<Instance> seen = new LinkedHashSet<>();
        while (instance != null && seen.add(instance)) {
            T value = setting.apply(instance);
            if (value != null) {
                return Optional.of(value);
            }
            String base = instance.getBaseConfig();
            instance = shared.get(base == null ? "default" : base);
        }
        return Optional.empty();
    }

    /**
     * A section as one of resilience4j's own types.
     *
     * @param section its name under {@code resilience4j.}
     * @param type the type
     * @param <T> the same
     * @return the section, bound
     */
    public <T> T section(String section, Class<T> type) {
        return binder.bindOrCreate("resilience4j." + section, type);
    }

    /**
     * Whether the timeout of a name would have a limit.
     *
     * @param name the instance
     * @return {@code true} if properties of ours say so
     */
    boolean hasLimit(String name) {
        return binder.bind("resilience.timeout.defaults.limit", String.class).isBound()
                || binder.bind("resilience.timeout.instances", Bindable.mapOf(String.class, Object.class))
                        .orElseGet(Map::of)
                        .containsKey(name);
    }

    private Map<String, Instance> instances(String section) {
        Map<String, Instance> all = new LinkedHashMap<>();
        INSTANCES.forEach(key -> all.putAll(map(section, key)));
        return all;
    }

    private Set<String> keys(String section, String key) {
        return binder.bind("resilience4j." + section + "." + key, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .keySet();
    }

    /** Those of which something is said that is of interest here. */
    private Map<String, Instance> map(String section, String key) {
        return binder.bind("resilience4j." + section + "." + key, Bindable.mapOf(String.class, Instance.class))
                .orElseGet(Map::of);
    }

    /** An instance of any kind. */
    public static final class Instance {

        private @Nullable String baseConfig;

        private @Nullable Integer eventConsumerBufferSize;

        private @Nullable Boolean registerHealthIndicator;

        private @Nullable Boolean allowHealthIndicatorToFail;

        /** Made by the binder. */
        public Instance() {}

        /**
         * The configuration it shares.
         *
         * @return its name; {@code null} for the one named {@code default}
         */
        public @Nullable String getBaseConfig() {
            return baseConfig;
        }

        /**
         * For the binder.
         *
         * @param baseConfig the configuration it shares
         */
        public void setBaseConfig(@Nullable String baseConfig) {
            this.baseConfig = baseConfig;
        }

        /**
         * How many events to remember.
         *
         * @return a number, {@code null} if unset
         */
        public @Nullable Integer getEventConsumerBufferSize() {
            return eventConsumerBufferSize;
        }

        /**
         * For the binder.
         *
         * @param eventConsumerBufferSize how many events to remember
         */
        public void setEventConsumerBufferSize(@Nullable Integer eventConsumerBufferSize) {
            this.eventConsumerBufferSize = eventConsumerBufferSize;
        }

        /**
         * Whether its health is shown.
         *
         * @return {@code null} if unset
         */
        public @Nullable Boolean getRegisterHealthIndicator() {
            return registerHealthIndicator;
        }

        /**
         * For the binder.
         *
         * @param registerHealthIndicator whether its health is shown
         */
        public void setRegisterHealthIndicator(@Nullable Boolean registerHealthIndicator) {
            this.registerHealthIndicator = registerHealthIndicator;
        }

        /**
         * Whether the application is down if it is open.
         *
         * @return {@code null} if unset
         */
        public @Nullable Boolean getAllowHealthIndicatorToFail() {
            return allowHealthIndicatorToFail;
        }

        /**
         * For the binder.
         *
         * @param allowHealthIndicatorToFail whether the application is down if it is open
         */
        public void setAllowHealthIndicatorToFail(@Nullable Boolean allowHealthIndicatorToFail) {
            this.allowHealthIndicatorToFail = allowHealthIndicatorToFail;
        }
    }
}

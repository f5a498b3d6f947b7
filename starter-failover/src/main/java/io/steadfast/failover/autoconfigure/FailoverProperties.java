package io.steadfast.failover.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverSections.EjectionSettings;
import io.steadfast.failover.autoconfigure.FailoverSections.HealthSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The shape of {@code resilience.failover.*}, for editors and the reference. The values that count are bound per instance, on
 * top of the defaults, the instance's base and the annotation.
 */
@ConfigurationProperties("resilience.failover")
class FailoverProperties {

    /** What holds for every pool unless its instance or its annotation says otherwise. */
    private final Settings defaults = new Settings();

    /** Settings of pools, by the name that annotations give. */
    private final Map<String, Settings> instances = new LinkedHashMap<>();

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Settings> getInstances() {
        return instances;
    }

    /** The settings of one pool, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /** Whether attempts are sent to an instance of the pool. */
        private boolean enabled = true;

        /** Instance whose settings this one starts from; has no effect among the defaults. */
        private @Nullable String base;

        /** Addresses of the instances, each with what is to be known of it: http://10.0.0.1:8080;weight=2;zone=a. Without them a registry is asked. */
        private List<String> urls = List.of();

        /** Name of the service in the registry. Default the name of the pool. */
        private @Nullable String service;

        /** How an instance is chosen among those in service. */
        private PickerType picker = PickerType.PEAK_EWMA;

        /** Expression that says what a call is about, such as #customer.id, for pickers that send the same key to the same instance. */
        private @Nullable String key;

        /** Zone this application stands in; instances of the same zone are preferred. */
        private @Nullable String zone;

        /** How long an instance that joins or comes back works up to its usual share; 0 for not at all. */
        private Duration slowStart = Duration.ofSeconds(30);

        /** If fewer than so many percent of the instances are in service, all are used; 0 for only if none is. */
        private int panicThreshold = 50;

        /** How often the registry is asked which instances there are. */
        private Duration refreshInterval = Duration.ofSeconds(10);

        /** How long instances stay in use after the registry has last named any. */
        private Duration keepLastGood = Duration.ofHours(1);

        /** How long after its start calls may wait for the first list of instances. */
        private Duration firstListWait = Duration.ofSeconds(2);

        /** When instances that fail are set aside. */
        @NestedConfigurationProperty
        private final EjectionSettings ejection = new EjectionSettings();

        /** How instances are checked apart from calls. */
        @NestedConfigurationProperty
        private final HealthSettings health = new HealthSettings();

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public @Nullable String getBase() {
            return base;
        }

        public void setBase(@Nullable String base) {
            this.base = base;
        }

        public List<String> getUrls() {
            return urls;
        }

        public void setUrls(List<String> urls) {
            this.urls = urls;
        }

        public @Nullable String getService() {
            return service;
        }

        public void setService(@Nullable String service) {
            this.service = service;
        }

        public PickerType getPicker() {
            return picker;
        }

        public void setPicker(PickerType picker) {
            this.picker = picker;
        }

        public @Nullable String getKey() {
            return key;
        }

        public void setKey(@Nullable String key) {
            this.key = key;
        }

        public @Nullable String getZone() {
            return zone;
        }

        public void setZone(@Nullable String zone) {
            this.zone = zone;
        }

        public Duration getSlowStart() {
            return slowStart;
        }

        public void setSlowStart(Duration slowStart) {
            this.slowStart = slowStart;
        }

        public int getPanicThreshold() {
            return panicThreshold;
        }

        public void setPanicThreshold(int panicThreshold) {
            this.panicThreshold = panicThreshold;
        }

        public Duration getRefreshInterval() {
            return refreshInterval;
        }

        public void setRefreshInterval(Duration refreshInterval) {
            this.refreshInterval = refreshInterval;
        }

        public Duration getKeepLastGood() {
            return keepLastGood;
        }

        public void setKeepLastGood(Duration keepLastGood) {
            this.keepLastGood = keepLastGood;
        }

        public Duration getFirstListWait() {
            return firstListWait;
        }

        public void setFirstListWait(Duration firstListWait) {
            this.firstListWait = firstListWait;
        }

        public EjectionSettings getEjection() {
            return ejection;
        }

        public HealthSettings getHealth() {
            return health;
        }
    }
}

package io.steadfast.failover.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** The sections below the settings of a pool. */
final class FailoverSections {

    private FailoverSections() {}

    /** When instances that fail are set aside, as properties say it. Public for those who fill it by reflection. */
    public static class EjectionSettings {

        /** Whether instances that fail are set aside. */
        private boolean enabled = true;

        /** Failures in a row that suffice; 0 for no such rule. */
        private int consecutiveFailures = 5;

        /** Standard deviations by which the success rate may be below that of the others; 0 for no such rule. */
        private double successRateDeviation = 1.9;

        /** Percent of failures in an interval that suffice; 0 for no such rule. */
        private int failurePercentage = 0;

        /** Calls an instance must have served in the interval before its rates are looked at. */
        private int minimumCalls = 20;

        /** How often rates are looked at. */
        private Duration interval = Duration.ofSeconds(10);

        /** How long an instance is set aside the first time, and how much longer each time in a row. */
        private Duration baseTime = Duration.ofSeconds(30);

        /** How long an instance is set aside at most. */
        private Duration maxTime = Duration.ofSeconds(300);

        /** How much of the pool may be set aside at a time; one of two or more always may, the last one never. */
        private int maxEjectedPercent = 50;

        /** Configured circuit breaker whose settings hold for a breaker of each instance. Default none. */
        private @Nullable String circuitBreaker;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public int getConsecutiveFailures() {
            return consecutiveFailures;
        }

        public void setConsecutiveFailures(int consecutiveFailures) {
            this.consecutiveFailures = consecutiveFailures;
        }

        public double getSuccessRateDeviation() {
            return successRateDeviation;
        }

        public void setSuccessRateDeviation(double successRateDeviation) {
            this.successRateDeviation = successRateDeviation;
        }

        public int getFailurePercentage() {
            return failurePercentage;
        }

        public void setFailurePercentage(int failurePercentage) {
            this.failurePercentage = failurePercentage;
        }

        public int getMinimumCalls() {
            return minimumCalls;
        }

        public void setMinimumCalls(int minimumCalls) {
            this.minimumCalls = minimumCalls;
        }

        public Duration getInterval() {
            return interval;
        }

        public void setInterval(Duration interval) {
            this.interval = interval;
        }

        public Duration getBaseTime() {
            return baseTime;
        }

        public void setBaseTime(Duration baseTime) {
            this.baseTime = baseTime;
        }

        public Duration getMaxTime() {
            return maxTime;
        }

        public void setMaxTime(Duration maxTime) {
            this.maxTime = maxTime;
        }

        public int getMaxEjectedPercent() {
            return maxEjectedPercent;
        }

        public void setMaxEjectedPercent(int maxEjectedPercent) {
            this.maxEjectedPercent = maxEjectedPercent;
        }

        public @Nullable String getCircuitBreaker() {
            return circuitBreaker;
        }

        public void setCircuitBreaker(@Nullable String circuitBreaker) {
            this.circuitBreaker = circuitBreaker;
        }
    }

    /** How instances are checked apart from calls, as properties say it. Public for those who fill it by reflection. */
    public static class HealthSettings {

        /** Whether instances are asked how they are, whether or not calls go there. */
        private boolean enabled = false;

        /** How they are asked: by an HTTP path, by a TCP connection or by a bean. */
        private HealthType type = HealthType.HTTP;

        /** Path that answers with a status of 200 to 399 on a healthy instance; for the type http. */
        private String path = "/actuator/health/readiness";

        /** Port to ask at. Default the one that calls go to. */
        private @Nullable Integer port;

        /** Name of the bean that checks an instance; for the type bean. */
        private @Nullable String bean;

        /** How often each instance is checked. */
        private Duration interval = Duration.ofSeconds(10);

        /** By which part of itself an interval may be longer by chance, from 0 to 1. */
        private double jitter = 0.2;

        /** How long a check may take. */
        private Duration timeout = Duration.ofSeconds(2);

        /** Checks in a row that must pass before an instance is in service again. */
        private int healthyThreshold = 2;

        /** Checks in a row that must fail before an instance is out of service. */
        private int unhealthyThreshold = 3;

        /** How often an instance is checked while things are changing. Default 1 s, or the interval if that is shorter. */
        private @Nullable Duration edgeInterval;

        /** How often instances are checked while no calls go to the pool; 0 for not at all. Default the interval. */
        private @Nullable Duration noTrafficInterval;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public HealthType getType() {
            return type;
        }

        public void setType(HealthType type) {
            this.type = type;
        }

        public String getPath() {
            return path;
        }

        public void setPath(String path) {
            this.path = path;
        }

        public @Nullable Integer getPort() {
            return port;
        }

        public void setPort(@Nullable Integer port) {
            this.port = port;
        }

        public @Nullable String getBean() {
            return bean;
        }

        public void setBean(@Nullable String bean) {
            this.bean = bean;
        }

        public Duration getInterval() {
            return interval;
        }

        public void setInterval(Duration interval) {
            this.interval = interval;
        }

        public double getJitter() {
            return jitter;
        }

        public void setJitter(double jitter) {
            this.jitter = jitter;
        }

        public Duration getTimeout() {
            return timeout;
        }

        public void setTimeout(Duration timeout) {
            this.timeout = timeout;
        }

        public int getHealthyThreshold() {
            return healthyThreshold;
        }

        public void setHealthyThreshold(int healthyThreshold) {
            this.healthyThreshold = healthyThreshold;
        }

        public int getUnhealthyThreshold() {
            return unhealthyThreshold;
        }

        public void setUnhealthyThreshold(int unhealthyThreshold) {
            this.unhealthyThreshold = unhealthyThreshold;
        }

        public @Nullable Duration getEdgeInterval() {
            return edgeInterval;
        }

        public void setEdgeInterval(@Nullable Duration edgeInterval) {
            this.edgeInterval = edgeInterval;
        }

        public @Nullable Duration getNoTrafficInterval() {
            return noTrafficInterval;
        }

        public void setNoTrafficInterval(@Nullable Duration noTrafficInterval) {
            this.noTrafficInterval = noTrafficInterval;
        }
    }

    /** How an instance is asked how it is. Public for those who fill settings by reflection. */
    public enum HealthType {
        /** By a path that answers with a status of 200 to 399. */
        HTTP,
        /** By a connection that can be made. */
        TCP,
        /** By a bean of the application. */
        BEAN
    }
}

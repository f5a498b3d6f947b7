package io.steadfast.springcloud.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The shape of {@code resilience.spring-cloud.*}. Public for those who fill it by reflection. */
@ConfigurationProperties("resilience.spring-cloud")
public class SpringCloudProperties {

    /**
     * How many ids of Spring Cloud circuit breakers get a guard of their own, besides those that are configured. Further ones share one, so
     * that ids made of data do not fill the memory.
     */
    private int maxIds = 1000;

    private final LoadBalancer loadBalancer = new LoadBalancer();

    SpringCloudProperties() {}

    /**
     * What Spring Cloud LoadBalancer gets of our pools.
     *
     * @return the settings
     */
    public LoadBalancer getLoadBalancer() {
        return loadBalancer;
    }

    /**
     * How many ids get a guard of their own.
     *
     * @return at least 1
     */
    public int getMaxIds() {
        return maxIds;
    }

    /**
     * Says how many ids get a guard of their own.
     *
     * @param maxIds at least 1
     */
    public void setMaxIds(int maxIds) {
        this.maxIds = maxIds;
    }

    /** The shape of {@code resilience.spring-cloud.load-balancer.*}. Public for those who fill it by reflection. */
    public static class LoadBalancer {

        /** Whether our pools pick the instances of load-balanced clients and routes. */
        private boolean enabled = true;

        /** For which services: for all that are asked for, or for those under resilience.failover.instances only. */
        private Services services = Services.ALL;

        LoadBalancer() {}

        /**
         * Whether our pools pick.
         *
         * @return {@code true} unless switched off
         */
        public boolean isEnabled() {
            return enabled;
        }

        /**
         * Switches it on or off.
         *
         * @param enabled whether our pools pick
         */
        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        /**
         * Which services have a pool.
         *
         * @return all by default
         */
        public Services getServices() {
            return services;
        }

        /**
         * Says which services have a pool.
         *
         * @param services all, or the configured ones
         */
        public void setServices(Services services) {
            this.services = services;
        }

        /** Which services have a pool. */
        public enum Services {
            /** Every service that is asked for; those without settings of their own have the defaults. */
            ALL,
            /** Those under {@code resilience.failover.instances}; the others stay with Spring Cloud's own load balancer. */
            CONFIGURED
        }
    }
}

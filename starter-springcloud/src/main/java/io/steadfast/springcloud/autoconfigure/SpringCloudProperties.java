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

    SpringCloudProperties() {}

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
}

package io.steadfast.springcloud.autoconfigure;

import io.steadfast.spring.ResilienceRefresher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Puts changed {@code resilience.*} properties in force when Spring Cloud says that the environment has changed. */
@AutoConfiguration
@ConditionalOnClass(EnvironmentChangeEvent.class)
public final class RefreshAutoConfiguration {

    /** Made by Spring. */
    public RefreshAutoConfiguration() {}

    @Bean
    ApplicationListener<EnvironmentChangeEvent> resilienceRefreshListener(
            ObjectProvider<ResilienceRefresher> refresher) {
        return new RefreshListener(refresher);
    }
}

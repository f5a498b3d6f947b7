package io.steadfast.failover.autoconfigure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

import io.steadfast.core.time.Timer;
import io.steadfast.failover.shutdown.GracefulLeave;
import io.steadfast.failover.shutdown.LeaveNotice;
import io.steadfast.failover.shutdown.RegistryNotice;
import io.steadfast.spring.PropertySection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Lets an application that shuts down tell its callers first. */
@AutoConfiguration
@EnableConfigurationProperties(ShutdownProperties.class)
public final class GracefulLeaveAutoConfiguration {

    private static final Logger LOGGER = System.getLogger(GracefulLeave.class.getName());

    /** Long enough for Kubernetes' endpoints and for a caller that calls at all; short beside the 30 s that Kubernetes grants. */
    static final Duration USUAL = Duration.ofSeconds(5);

    /** Made by Spring. */
    public GracefulLeaveAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "resilienceShutdownSection", search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceShutdownSection() {
        return new PropertySection("shutdown", ShutdownProperties.class);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    GracefulLeave resilienceGracefulLeave(
            ApplicationContext context,
            ShutdownProperties properties,
            ObjectProvider<LeaveNotice> notices,
            ObjectProvider<Timer> timer) {
        Environment environment = context.getEnvironment();
        Duration asked = properties.checkedQuietPeriod();
        if (asked != null
                && !asked.isZero()
                && "immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"))) {
            LOGGER.log(
                    Level.WARNING,
                    "resilience.shutdown.quiet-period holds the shutdown back, but with server.shutdown=immediate requests that are"
                            + " under way at its end are cut off. Remove server.shutdown to let the web server drain.");
        }
        return new GracefulLeave(
                context,
                asked == null ? USUAL : asked,
                () -> asked != null || isServerOnKubernetes(environment),
                notices.orderedStream().toList(),
                timer.getIfAvailable(Timer::system));
    }

    private static boolean isServerOnKubernetes(Environment environment) {
        return CloudPlatform.KUBERNETES.isActive(environment) && environment.containsProperty("local.server.port");
    }

    /** Apart, because spring-cloud-commons may be absent. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ServiceRegistry.class, AutoServiceRegistration.class})
    static class WithRegistry {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RegistryNotice resilienceRegistryNotice(
                ObjectProvider<AutoServiceRegistration> automatic,
                ObjectProvider<ServiceRegistry<?>> registries,
                ObjectProvider<Registration> registrations) {
            return new RegistryNotice(automatic, registries, registrations);
        }
    }
}

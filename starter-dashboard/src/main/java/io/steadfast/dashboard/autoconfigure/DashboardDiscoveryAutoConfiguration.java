package io.steadfast.dashboard.autoconfigure;

import io.steadfast.dashboard.peers.PeerSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Finds the other instances of this service in a registry, where {@code resilience.dashboard.service} asks for it. */
@AutoConfiguration(after = DashboardAutoConfiguration.class)
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnProperty("resilience.dashboard.service") // neither empty nor "false"
@ConditionalOnBean(DashboardProperties.class)
public final class DashboardDiscoveryAutoConfiguration {

    /** Made by Spring. */
    public DashboardDiscoveryAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static PeerSource resilienceDashboardPeers(
            ObjectProvider<DiscoveryClient> clients, DashboardProperties properties, Environment environment) {
        return new RegisteredPeers(clients, properties, environment);
    }
}

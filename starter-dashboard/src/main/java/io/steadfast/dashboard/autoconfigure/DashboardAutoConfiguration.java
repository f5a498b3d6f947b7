package io.steadfast.dashboard.autoconfigure;

import java.time.Clock;
import java.util.Optional;

import io.steadfast.core.time.Timer;
import io.steadfast.core.time.WallClock;
import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.PageFiles;
import io.steadfast.dashboard.peers.Peer;
import io.steadfast.dashboard.peers.PeerClient;
import io.steadfast.dashboard.peers.PeerCredentials;
import io.steadfast.dashboard.peers.PeerSource;
import io.steadfast.dashboard.peers.Self;
import io.steadfast.dashboard.peers.ServiceView;
import io.steadfast.spring.PropertySection;
import io.steadfast.spring.actuate.CallBoard;
import io.steadfast.spring.actuate.RecentEvents;
import io.steadfast.spring.live.LiveFeed;
import io.steadfast.spring.steer.LiveChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the dashboard shows. The page itself is put into the server that has the actuator, by {@link DashboardServletConfiguration} or
 * {@link DashboardReactiveConfiguration}.
 */
@AutoConfiguration(
        afterName = {
            "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration",
            "io.steadfast.spring.autoconfigure.ResilienceEndpointAutoConfiguration",
            "io.steadfast.spring.autoconfigure.ResilienceLiveAutoConfiguration"
        },
        beforeName = "org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration")
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class DashboardAutoConfiguration {

    /** Made by Spring. */
    public DashboardAutoConfiguration() {}

    /** Known also where the page is off: its settings are no mistake there. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceDashboardSection() {
        return new PropertySection("dashboard", DashboardProperties.class);
    }

    /** Whatever the page needs, also where the actuator's own endpoints are not exposed. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnDashboard.class)
    @ConditionalOnWebApplication
    @ConditionalOnClass({EndpointAccessResolver.class, JsonMapper.class})
    @ConditionalOnBean(value = LiveChanges.class, search = SearchStrategy.CURRENT)
    @EnableConfigurationProperties(DashboardProperties.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Shown {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RecentEvents resilienceRecentEvents(BeanFactory beans) {
            ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
            return new RecentEvents(SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)));
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CallBoard resilienceCallBoard(BeanFactory beans) {
            return new CallBoard(beans.getBean(LiveChanges.class), beans.getBean(RecentEvents.class));
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static LiveFeed resilienceLiveFeed(BeanFactory beans) {
            return LiveFeed.of(beans);
        }

        @Bean
        static DashboardPath resilienceDashboardPath(DashboardProperties properties) {
            return properties.checkedPath();
        }

        @Bean
        static PageFiles resilienceDashboardFiles() {
            return PageFiles.load();
        }

        @Bean
        static DashboardApi resilienceDashboardApi(
                LiveFeed feed,
                CallBoard board,
                DashboardPath path,
                DashboardProperties properties,
                ObjectProvider<PeerSource> sources,
                ObjectProvider<PeerCredentials> credentials,
                ObjectProvider<EndpointJsonMapper> json,
                ObjectProvider<EndpointAccessResolver> access,
                ObjectProvider<Timer> timer) {
            Self self = new Self();
            PeerClient client = new PeerClient(
                    path.value() + "/api/snapshot",
                    properties.checkedPeerTimeout(),
                    credentials.getIfAvailable(() -> configured(properties)),
                    self,
                    timer.getIfUnique(Timer::system));
            PeerSource peers = sources.getIfUnique(() -> listed(properties));
            return new DashboardApi(
                    feed,
                    board,
                    new ServiceView(peers, client),
                    json.getIfAvailable(() -> JsonMapper::shared).get(),
                    access(access.getIfAvailable()),
                    self);
        }

        private static Access access(@Nullable EndpointAccessResolver resolver) {
            return resolver == null
                    ? Access.READ_ONLY
                    : resolver.accessFor(EndpointId.of("resilience"), Access.READ_ONLY);
        }

        private static PeerCredentials configured(DashboardProperties properties) {
            Optional<String> authorization = Optional.ofNullable(properties.getPeerAuthorization());
            return peer -> authorization;
        }

        private static PeerSource listed(DashboardProperties properties) {
            var peers = properties.checkedInstances().stream().map(Peer::of).toList();
            return () -> peers;
        }
    }
}

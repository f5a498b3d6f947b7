package io.steadfast.spring.autoconfigure;

import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

import io.steadfast.core.time.WallClock;
import io.steadfast.spring.health.CallHealth;
import io.steadfast.spring.health.CallHealthGroups;
import io.steadfast.spring.health.HealthNames;
import io.steadfast.spring.steer.LiveChanges;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Shows guarded calls in the application's health. It comes after the groups of the probes have been made, so that it can put calls into
 * one of them.
 */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class, Endpoint.class})
public final class ResilienceHealthAutoConfiguration {

    /** Made by Spring. */
    public ResilienceHealthAutoConfiguration() {}

    /** Apart, because the condition on the contributor is itself a class of Boot's health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator(CallHealthGroups.ALL)
    @ConditionalOnBean(value = LiveChanges.class, search = SearchStrategy.CURRENT)
    static class Enabled {

        @Bean
        @ConditionalOnMissingBean(name = "resilienceHealthIndicator", search = SearchStrategy.CURRENT)
        static CallHealth resilienceHealthIndicator(BeanFactory beans, Environment environment) {
            return health(beans, new HealthSettings(environment).statusOf(), Status.DOWN);
        }

        @Bean
        static CallHealth resilienceReadinessHealthIndicator(BeanFactory beans, Environment environment) {
            return health(beans, new HealthSettings(environment).readiness(), Status.OUT_OF_SERVICE);
        }

        /** After that of the probes, which has the same order, because it is declared later. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        static CallHealthGroups resilienceHealthGroups(Environment environment) {
            HealthSettings settings = new HealthSettings(environment);
            return new CallHealthGroups(
                    !settings.readiness().isEmpty(), settings.inLiveness(), settings.origin(HealthSettings.READINESS));
        }

        /** Where beans are lazy, calls become known one by one. */
        @Bean
        @ConditionalOnBooleanProperty(
                name = "spring.main.lazy-initialization",
                havingValue = false,
                matchIfMissing = true)
        static HealthNames resilienceHealthNames(LiveChanges changes, Environment environment) {
            return new HealthNames(new HealthSettings(environment).named(), changes::calls);
        }

        private static CallHealth health(BeanFactory beans, Set<String> speaksFor, Status refusing) {
            LiveChanges changes = beans.getBean(LiveChanges.class);
            ObjectProvider<Clock> clocks = beans.getBeanProvider(Clock.class);
            Supplier<Clock> clock = SingletonSupplier.of(() -> clocks.getIfUnique(WallClock::system));
            return new CallHealth(changes, speaksFor, refusing, clock);
        }
    }
}

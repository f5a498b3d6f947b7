package io.steadfast.failover.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.metrics.EjectionCounter;
import io.steadfast.failover.metrics.FailoverMeters;
import io.steadfast.spring.CallCatalogue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Meters pools and their instances where there is a meter registry. */
@AutoConfiguration(
        afterName = {
            "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, CallCatalogue.class})
@ConditionalOnBooleanProperty(name = "resilience.metrics.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class FailoverMetricsAutoConfiguration {

    /** Made by Spring. */
    public FailoverMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EjectionCounter resilienceEjectionCounter() {
        return new EjectionCounter();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static FailoverMeters resilienceFailoverMeters(
            BeanFactory beans, ObjectProvider<MeterRegistry> registries, EjectionCounter ejections) {
        return new FailoverMeters(
                new Pools(beans.getBean(CallCatalogue.class)),
                () -> find(registries),
                ejections,
                beans.getBean(PolicyRuntime.class));
    }

    /** The only or the primary registry; all of them as one if there is no primary. */
    private static @Nullable MeterRegistry find(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry unique = registries.getIfUnique();
        List<MeterRegistry> all = registries.orderedStream().toList();
        if (unique != null || all.isEmpty()) {
            return unique;
        }
        return new CompositeMeterRegistry(Clock.SYSTEM, all);
    }
}

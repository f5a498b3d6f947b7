package io.steadfast.http.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.time.Ticker;
import io.steadfast.http.inbound.Draining;
import io.steadfast.http.inbound.ExpiryCounter;
import io.steadfast.http.inbound.ExpiryMeter;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.Refusals;
import io.steadfast.spring.PropertySection;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** What both kinds of server have in common. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboundProperties.class)
class InboundConfiguration {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    InboundReader resilienceInboundReader(
            InboundProperties properties, BeanFactory beans, ObjectProvider<ExpiryCounter> counter) {
        return new InboundReader(
                properties.settings(),
                beans.getBeanProvider(Ticker.class).getIfAvailable(Ticker::system),
                counter.getIfAvailable(() -> ExpiryCounter.NONE));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    Refusals resilienceRefusals(ObjectProvider<OutcomeReader> readers) {
        return new Refusals(OutcomeReader.all(readers.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnBooleanProperty(name = "resilience.http.inbound.draining-header", matchIfMissing = true)
    Draining resilienceInboundDraining() {
        return new Draining();
    }

    /** Known though the auto-configuration of the clients is not there: whoever imports this alone may configure it. */
    @Bean
    @ConditionalOnMissingBean(name = "resilienceHttpSection", search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceInboundSection() {
        return new PropertySection("http", HttpSection.class);
    }

    /** Apart, because the class of the registry may be absent. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metered {

        @Bean
        @ConditionalOnBooleanProperty(name = "resilience.metrics.enabled", matchIfMissing = true)
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        ExpiryCounter resilienceInboundExpiryMeter(ObjectProvider<MeterRegistry> registries) {
            MeterRegistry unique = registries.getIfUnique();
            List<MeterRegistry> all =
                    unique == null ? registries.orderedStream().toList() : List.of(unique);
            return new ExpiryMeter(all);
        }
    }
}

package io.steadfast.http.autoconfigure;

import jakarta.servlet.Filter;

import io.steadfast.http.inbound.Draining;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.Refusals;
import io.steadfast.http.servlet.InboundFilter;
import io.steadfast.http.servlet.RefusalResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Takes deadlines over from inbound requests of a servlet container, and answers refusals with the status they deserve. */
@AutoConfiguration(after = HttpClientsAutoConfiguration.class)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
@Import(InboundConfiguration.class)
public final class InboundServletAutoConfiguration {

    /** Made by Spring. */
    public InboundServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    InboundFilter resilienceInboundFilter(
            InboundReader reader, InboundProperties properties, ObjectProvider<Draining> draining) {
        return new InboundFilter(reader, properties.isProblemDetails(), draining.getIfAvailable());
    }

    /** Apart, because other frameworks than Spring MVC run in servlet containers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HandlerExceptionResolver.class)
    @ConditionalOnBooleanProperty(name = "resilience.http.inbound.problem-details", matchIfMissing = true)
    static class Problems {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RefusalResolver resilienceRefusalResolver(Refusals refusals) {
            return new RefusalResolver(refusals);
        }
    }
}

package io.steadfast.http.autoconfigure;

import io.steadfast.http.inbound.Draining;
import io.steadfast.http.inbound.InboundReader;
import io.steadfast.http.inbound.Refusals;
import io.steadfast.http.reactive.InboundWebFilter;
import io.steadfast.http.reactive.RefusalWebExceptionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Takes deadlines over from inbound requests of WebFlux, and answers refusals with the status they deserve. */
@AutoConfiguration(
        after = HttpClientsAutoConfiguration.class,
        beforeName = "org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration")
@ConditionalOnClass({WebFilter.class, Mono.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
@Import(InboundConfiguration.class)
public final class InboundReactiveAutoConfiguration {

    /** Made by Spring. */
    public InboundReactiveAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    InboundWebFilter resilienceInboundWebFilter(
            InboundReader reader, InboundProperties properties, ObjectProvider<Draining> draining) {
        return new InboundWebFilter(reader, properties.isProblemDetails(), draining.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnBooleanProperty(name = "resilience.http.inbound.problem-details", matchIfMissing = true)
    RefusalWebExceptionHandler resilienceRefusalWebExceptionHandler(Refusals refusals) {
        return new RefusalWebExceptionHandler(refusals);
    }
}

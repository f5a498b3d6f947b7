package io.steadfast.http.autoconfigure;

import io.steadfast.http.HttpTargets;
import io.steadfast.http.reactive.GuardedExchanges;
import io.steadfast.http.reactive.LeasedExchanges;
import io.steadfast.http.reactive.WebClientAnswers;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import reactor.core.publisher.Mono;

/**
 * Guards every {@code WebClient} that is made with Boot's builder, and with it the HTTP interfaces on top. The filter comes before all
 * others, a load balancer's too: each attempt may go to another instance.
 */
@AutoConfiguration(after = HttpClientsAutoConfiguration.class)
@ConditionalOnClass({WebClient.class, Mono.class})
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class WebClientGuardAutoConfiguration {

    /** Made by Spring. */
    public WebClientGuardAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WebClientAnswers resilienceWebClientAnswers() {
        return new WebClientAnswers();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static GuardedExchanges resilienceGuardedExchanges(HttpTargets targets) {
        return GuardedExchanges.of(targets);
    }

    /** A load balancer joins the filters of a builder after all others. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WebClientBuilders resilienceWebClientBuilders() {
        return new WebClientBuilders();
    }

    @Bean
    static WebClientHttpServiceGroupConfigurer resilienceWebClientGroups() {
        return groups ->
                groups.forEachClient((group, builder) -> builder.filters(LeasedExchanges::putLast)); // ordered last
    }

    /** Apart, because clients may be made without Boot's builder. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientCustomizer.class)
    static class Builders {

        @Bean
        static WebClientCustomizer resilienceWebClientCustomizer(GuardedExchanges guard) {
            return builder -> builder.filters(filters -> {
                filters.add(0, guard);
                LeasedExchanges.putLast(filters);
            });
        }
    }
}

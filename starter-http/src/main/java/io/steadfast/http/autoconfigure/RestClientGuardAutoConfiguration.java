package io.steadfast.http.autoconfigure;

import io.steadfast.http.HttpTargets;
import io.steadfast.http.restclient.GuardedRequests;
import io.steadfast.http.restclient.LeasedRequests;
import io.steadfast.http.restclient.SpringAnswers;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Guards every {@code RestClient}, and every {@code RestTemplate}, that is made with Boot's builders, and with them the HTTP interfaces
 * on top. The interceptor comes before all others, a load balancer's too: each attempt may go to another instance.
 */
@AutoConfiguration(after = HttpClientsAutoConfiguration.class)
@ConditionalOnClass(RestClient.class)
@ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class RestClientGuardAutoConfiguration {

    /** Made by Spring. */
    public RestClientGuardAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SpringAnswers resilienceSpringAnswers() {
        return new SpringAnswers();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static GuardedRequests resilienceGuardedRequests(HttpTargets targets) {
        return GuardedRequests.of(targets);
    }

    /** A load balancer joins the interceptors of a builder after all others. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RestClientBuilders resilienceRestClientBuilders() {
        return new RestClientBuilders();
    }

    @Bean
    static RestClientHttpServiceGroupConfigurer resilienceRestClientGroups() {
        return groups -> groups.forEachClient(
                (group, builder) -> builder.requestInterceptors(LeasedRequests::putLast)); // ordered last
    }

    /** Apart, because clients may be made without Boot's builders. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientCustomizer.class)
    static class Builders {

        @Bean
        static RestClientCustomizer resilienceRestClientCustomizer(GuardedRequests guard) {
            return builder -> builder.requestInterceptors(interceptors -> {
                interceptors.add(0, guard);
                LeasedRequests.putLast(interceptors);
            });
        }

        @Bean
        static RestTemplateCustomizer resilienceRestTemplateCustomizer(GuardedRequests guard) {
            return template -> {
                template.getInterceptors().add(0, guard);
                LeasedRequests.putLast(template.getInterceptors());
            };
        }
    }
}

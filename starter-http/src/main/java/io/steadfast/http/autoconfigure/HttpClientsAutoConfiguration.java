package io.steadfast.http.autoconfigure;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.steadfast.core.Pipeline;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.WallClock;
import io.steadfast.http.AnswerReader;
import io.steadfast.http.HttpOutcomeReader;
import io.steadfast.http.HttpSurroundings;
import io.steadfast.http.HttpTargets;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRequest;
import io.steadfast.spring.NamedCall;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.PropertySection;
import io.steadfast.spring.RefreshParticipant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Lets policies understand HTTP, and reads which clients are configured. What puts them into clients is in other auto-configurations. */
@AutoConfiguration(afterName = "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration")
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class HttpClientsAutoConfiguration {

    private static final Log LOGGER = LogFactory.getLog(HttpClientsAutoConfiguration.class);

    /** Made by Spring. */
    public HttpClientsAutoConfiguration() {}

    /** Keys are known though they are switched off. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceHttpSection() {
        return new PropertySection("http", HttpSection.class);
    }

    /** What can be switched off. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "resilience.http.enabled", matchIfMissing = true)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Enabled {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static HttpSurroundings resilienceHttpSurroundings(
                ObjectProvider<InstantSource> clock, BeanFactory beans, ObjectProvider<CallCatalogue> catalogue) {
            InstantSource own = clock.getIfUnique();
            return new HttpSurroundings(
                    own == null ? WallClock.system() : own,
                    beans.getBeanProvider(Ticker.class).getIfAvailable(Ticker::system),
                    () -> ThreadLocalRandom.current().nextDouble(),
                    new RetryCounts(catalogue));
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static HttpOutcomeReader resilienceHttpOutcomeReader(
                ObjectProvider<AnswerReader> readers, HttpSurroundings surroundings) {
            return new HttpOutcomeReader(readers.orderedStream().toList(), surroundings);
        }

        /** Made in any case, so that mistakes are found as the application starts. */
        @Bean
        @Lazy(false)
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        static HttpTargets resilienceHttpTargets(
                Environment environment, ObjectProvider<NamedCalls> calls, HttpSurroundings surroundings) {
            return clients(environment, calls.getIfAvailable()).read(surroundings);
        }

        /** Clients follow when properties change: all of them, or none. */
        @Bean
        @ConditionalOnMissingBean(name = "resilienceHttpRefresh", search = SearchStrategy.CURRENT)
        static RefreshParticipant resilienceHttpRefresh(
                Environment environment,
                ObjectProvider<NamedCalls> calls,
                HttpSurroundings surroundings,
                HttpTargets targets) {
            return () -> {
                HttpTargets next = clients(environment, calls.getIfAvailable()).read(surroundings);
                return () -> {
                    Set<String> changed = targets.become(next);
                    if (!changed.isEmpty()) {
                        LOGGER.info("Changed: HTTP clients " + String.join(", ", changed));
                    }
                };
            };
        }

        private static ConfiguredClients clients(Environment environment, @Nullable NamedCalls guards) {
            return new ConfiguredClients(environment, client -> {
                if (guards == null) {
                    Pipeline none = Pipeline.of(client);
                    return () -> none;
                }
                NamedCall guard = guards.guard(CallRequest.standard(client, "HTTP client '" + client + "'"));
                return guard::pipeline;
            });
        }
    }
}

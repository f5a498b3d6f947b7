package io.steadfast.http.restclient;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import io.steadfast.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.steadfast.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.steadfast.fallback.autoconfigure.FallbackAutoConfiguration;
import io.steadfast.http.autoconfigure.HttpClientsAutoConfiguration;
import io.steadfast.http.autoconfigure.RestClientGuardAutoConfiguration;
import io.steadfast.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.steadfast.retry.autoconfigure.RetryAutoConfiguration;
import io.steadfast.spring.autoconfigure.ReactiveResilienceAutoConfiguration;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;
import io.steadfast.timeout.autoconfigure.TimeoutAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications with Boot's blocking clients and all our policies. */
final class HttpScene {

    /** What a clock shows that does not move. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private HttpScene() {}

    /** Waits take no time; the waits asked for are in the {@link ManualTimer}. */
    static ApplicationContextRunner withoutWaiting() {
        return application().withUserConfiguration(StandingClock.class);
    }

    /** The JVM's clock and timer, for limits that must end real work. */
    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        ReactiveResilienceAutoConfiguration.class,
                        TimeoutAutoConfiguration.class,
                        RetryAutoConfiguration.class,
                        CircuitBreakerAutoConfiguration.class,
                        RateLimiterAutoConfiguration.class,
                        BulkheadAutoConfiguration.class,
                        FallbackAutoConfiguration.class,
                        HttpClientsAutoConfiguration.class,
                        RestClientGuardAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        RestTemplateAutoConfiguration.class))
                .withUserConfiguration(Listening.class)
                .withPropertyValues("spring.http.clients.imperative.factory=jdk");
    }

    /** A client called {@code stock} for the server, tried three times. */
    static String[] stock(String url) {
        return new String[] {
            "resilience.http.clients.stock.base-url=" + url, "resilience.retry.instances.stock.max-attempts=3"
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        static RecordingListener listener() {
            return new RecordingListener();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class StandingClock {

        @Bean
        static ManualTimer timer() {
            return new ManualTimer();
        }

        @Bean
        static io.steadfast.test.ManualTicker ticker(ManualTimer timer) {
            return timer.ticker();
        }

        @Bean
        static Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }
}

package io.steadfast.resilience4j.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.registry.EntryAddedEvent;
import io.github.resilience4j.core.registry.EntryRemovedEvent;
import io.github.resilience4j.core.registry.EntryReplacedEvent;
import io.github.resilience4j.core.registry.RegistryEventConsumer;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.steadfast.core.CircuitOpenException;
import io.steadfast.core.RateLimitedException;
import io.steadfast.spring.InvalidResilienceException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class Resilience4jRegistriesAutoConfigurationTests {

    private final ApplicationContextRunner application = Stock.application();

    @Test
    void whenTheStarterIsOnTheClassPath_thenBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(Resilience4jRegistriesAutoConfiguration.class.getName());
    }

    @Test
    void whenImportedAlone_thenAllRegistriesAreThere() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(Resilience4jRegistriesAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(CircuitBreakerRegistry.class)
                        .hasSingleBean(RetryRegistry.class)
                        .hasSingleBean(RateLimiterRegistry.class)
                        .hasSingleBean(BulkheadRegistry.class)
                        .hasSingleBean(ThreadPoolBulkheadRegistry.class)
                        .hasSingleBean(TimeLimiterRegistry.class));
    }

    @Test
    void whenActuatorMicrometerAndReactorAreAbsent_thenTheRegistriesWork() {
        application
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer",
                        "io.github.resilience4j.micrometer",
                        "org.springframework.boot.actuate",
                        "reactor"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Stock.class).throughRetry();
                    assertThat(context.getBean(RetryRegistry.class)
                                    .retry("retry")
                                    .getMetrics()
                                    .getNumberOfSuccessfulCallsWithoutRetryAttempt())
                            .isEqualTo(1);
                });
    }

    @Test
    void whenTheBreakerIsForcedOpenInTheRegistry_thenTheMethodIsRefused() {
        application.run(context -> {
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("breaker")
                    .transitionToForcedOpenState();
            assertThatExceptionOfType(CircuitOpenException.class)
                    .isThrownBy(context.getBean(Stock.class)::throughBreaker);
        });
    }

    @Test
    void whenTheMethodFails_thenTheBreakerInTheRegistryCountsAndOpens() {
        application.run(context -> {
            CircuitBreaker breaker =
                    context.getBean(CircuitBreakerRegistry.class).circuitBreaker("breaker");
            List<CircuitBreaker.StateTransition> seen = new ArrayList<>();
            breaker.getEventPublisher().onStateTransition(event -> seen.add(event.getStateTransition()));
            Stock stock = context.getBean(Stock.class);
            stock.fail(2);
            failing(stock::throughBreaker);
            assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
            failing(stock::throughBreaker);
            assertThat(breaker.getState()).isEqualTo(State.OPEN);
            assertThat(seen).containsExactly(CircuitBreaker.StateTransition.CLOSED_TO_OPEN);
        });
    }

    @Test
    void whenABeanAsksForTheBreakerBeforeTheMethodIsGuarded_thenItIsTheSameOne() {
        application.withUserConfiguration(EarlyAsker.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(CircuitBreaker.class).transitionToForcedOpenState();
            assertThatExceptionOfType(CircuitOpenException.class)
                    .isThrownBy(context.getBean(Stock.class)::throughBreaker);
        });
    }

    @Test
    void whenNothingIsConfiguredOrAnnotatedUnderAName_thenCodeGetsABreakerWithOurDefaults() {
        application
                .withPropertyValues("resilience.circuit-breaker.defaults.failure-rate-threshold=33")
                .run(context -> assertThat(context.getBean(CircuitBreakerRegistry.class)
                                .circuitBreaker("elsewhere")
                                .getCircuitBreakerConfig()
                                .getFailureRateThreshold())
                        .isEqualTo(33));
    }

    @Test
    void whenCodeBringsItsOwnConfiguration_thenItGetsItsOwnBreaker() {
        application.run(context -> assertThat(context.getBean(CircuitBreakerRegistry.class)
                        .circuitBreaker(
                                "own",
                                CircuitBreakerConfig.custom()
                                        .failureRateThreshold(12)
                                        .build())
                        .getCircuitBreakerConfig()
                        .getFailureRateThreshold())
                .isEqualTo(12));
    }

    @Test
    void whenAnInstanceIsConfiguredButNotAnnotated_thenItIsInTheRegistryOnceTheApplicationHasStarted() {
        application
                .withPropertyValues(
                        "resilience4j.circuitbreaker.instances.spare.failure-rate-threshold=20",
                        "resilience4j.retry.instances.spare.max-attempts=4",
                        "resilience.retry.instances.spare.max-attempts=4")
                .run(context -> {
                    assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers().stream()
                                    .map(CircuitBreaker::getName))
                            .containsExactlyInAnyOrder("breaker", "spare");
                    assertThat(context.getBean(RetryRegistry.class).find("spare"))
                            .get()
                            .satisfies(
                                    retry -> assertThat(retry.getRetryConfig().getMaxAttempts())
                                            .isEqualTo(4));
                });
    }

    @Test
    void whenConfigurationsAreShared_thenTheRegistryKnowsThem() {
        application
                .withPropertyValues("resilience4j.circuitbreaker.configs.strict.failure-rate-threshold=5")
                .run(context -> assertThat(context.getBean(CircuitBreakerRegistry.class)
                                .circuitBreaker("other", "strict")
                                .getCircuitBreakerConfig()
                                .getFailureRateThreshold())
                        .isEqualTo(5));
    }

    @Test
    void whenTheLimitIsChangedInTheRegistry_thenTheMethodIsLimitedSo() {
        application.run(context -> {
            RateLimiter limiter = context.getBean(RateLimiterRegistry.class).rateLimiter("limiter");
            assertThat(limiter.getMetrics().getAvailablePermissions()).isEqualTo(3);
            limiter.changeLimitForPeriod(1);
            Stock stock = context.getBean(Stock.class);
            stock.throughLimiter();
            assertThatExceptionOfType(RateLimitedException.class).isThrownBy(stock::throughLimiter);
        });
    }

    @Test
    void whenTheApplicationFollowsTheRegistry_thenItIsToldOfEachPolicyOnce() {
        application.withUserConfiguration(Followers.class).run(context -> {
            assertThat(context.getBean(BreakerFollower.class).added).containsExactly("breaker");
            assertThat(context.getBean(LimiterFollower.class).permits).isEmpty();
            context.getBean(Stock.class).throughLimiter();
            assertThat(context.getBean(LimiterFollower.class).permits).containsExactly("limiter");
        });
    }

    @Test
    void whenCodeHasPutARetryOfItsOwnUnderTheName_thenTheStartIsRefused() {
        application
                .withUserConfiguration(OwnRetry.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidResilienceException.class)
                        .hasStackTraceContaining("The registry already holds a retry named 'retry'"));
    }

    @Test
    void whenAPoolIsConfigured_thenCodeCanSubmitToIt() {
        application
                .withPropertyValues("resilience4j.thread-pool-bulkhead.instances.pool.core-thread-pool-size=2")
                .run(context -> assertThat(context.getBean(ThreadPoolBulkheadRegistry.class)
                                .bulkhead("pool")
                                .executeSupplier(() -> 5)
                                .toCompletableFuture()
                                .get())
                        .isEqualTo(5));
    }

    private static void failing(Callable<?> call) {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(call::call);
    }

    @Configuration(proxyBeanMethods = false)
    static class EarlyAsker {

        @Bean
        static CircuitBreaker asked(CircuitBreakerRegistry registry) {
            return registry.circuitBreaker("breaker");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRetry {

        @Bean
        RetryRegistry retryRegistry() {
            RetryRegistry registry = RetryRegistry.ofDefaults();
            registry.retry("retry");
            return registry;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Followers {

        @Bean
        BreakerFollower breakers() {
            return new BreakerFollower();
        }

        @Bean
        LimiterFollower limiters() {
            return new LimiterFollower();
        }
    }

    static final class BreakerFollower implements RegistryEventConsumer<CircuitBreaker> {

        final List<String> added = new ArrayList<>();

        @Override
        public void onEntryAddedEvent(EntryAddedEvent<CircuitBreaker> event) {
            added.add(event.getAddedEntry().getName());
        }

        @Override
        public void onEntryRemovedEvent(EntryRemovedEvent<CircuitBreaker> event) {}

        @Override
        public void onEntryReplacedEvent(EntryReplacedEvent<CircuitBreaker> event) {
            added.add("replaced");
        }
    }

    static final class LimiterFollower implements RegistryEventConsumer<RateLimiter> {

        final List<String> permits = new ArrayList<>();

        @Override
        public void onEntryAddedEvent(EntryAddedEvent<RateLimiter> event) {
            event.getAddedEntry().getEventPublisher().onSuccess(success -> permits.add(success.getRateLimiterName()));
        }

        @Override
        public void onEntryRemovedEvent(EntryRemovedEvent<RateLimiter> event) {}

        @Override
        public void onEntryReplacedEvent(EntryReplacedEvent<RateLimiter> event) {}
    }
}

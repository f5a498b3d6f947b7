package io.steadfast.resilience4j.autoconfigure;

import java.util.function.Consumer;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.bulkhead.event.BulkheadEvent;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.consumer.DefaultEventConsumerRegistry;
import io.github.resilience4j.consumer.EventConsumerRegistry;
import io.github.resilience4j.core.Registry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryEvent;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.github.resilience4j.timelimiter.event.TimeLimiterEvent;
import io.steadfast.resilience4j.actuate.BulkheadEndpoint;
import io.steadfast.resilience4j.actuate.BulkheadEventsEndpoint;
import io.steadfast.resilience4j.actuate.CircuitBreakerEndpoint;
import io.steadfast.resilience4j.actuate.CircuitBreakerEventsEndpoint;
import io.steadfast.resilience4j.actuate.CircuitBreakersHealthIndicator;
import io.steadfast.resilience4j.actuate.RateLimiterEndpoint;
import io.steadfast.resilience4j.actuate.RateLimiterEventsEndpoint;
import io.steadfast.resilience4j.actuate.RateLimitersHealthIndicator;
import io.steadfast.resilience4j.actuate.RecordedEvents;
import io.steadfast.resilience4j.actuate.RetryEndpoint;
import io.steadfast.resilience4j.actuate.RetryEventsEndpoint;
import io.steadfast.resilience4j.actuate.TimeLimiterEndpoint;
import io.steadfast.resilience4j.actuate.TimeLimiterEventsEndpoint;
import io.steadfast.resilience4j.registry.Kind;
import io.steadfast.resilience4j.registry.PeerProperties;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * resilience4j's actuator endpoints. Events are recorded only for those event endpoints that can be reached, because a breaker or a
 * limiter makes an event for each call as soon as somebody listens.
 */
@AutoConfiguration(after = Resilience4jRegistriesAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class Resilience4jEndpointsAutoConfiguration {

    /** Made by Spring. */
    public Resilience4jEndpointsAutoConfiguration() {}

    /** Apart, because the condition on the endpoint is itself a class of the actuator. */
    @Configuration(proxyBeanMethods = false)
    static class Instances {

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        CircuitBreakerEndpoint circuitBreakerEndpoint(CircuitBreakerRegistry registry) {
            return new CircuitBreakerEndpoint(registry);
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RetryEndpoint retryEndpoint(RetryRegistry registry) {
            return new RetryEndpoint(registry);
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RateLimiterEndpoint rateLimiterEndpoint(RateLimiterRegistry registry) {
            return new RateLimiterEndpoint(registry);
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        BulkheadEndpoint bulkheadEndpoint(BulkheadRegistry registry, ThreadPoolBulkheadRegistry pools) {
            return new BulkheadEndpoint(registry, pools);
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        TimeLimiterEndpoint timeLimiterEndpoint(TimeLimiterRegistry registry) {
            return new TimeLimiterEndpoint(registry);
        }
    }

    /** Each with a memory of its own. */
    @Configuration(proxyBeanMethods = false)
    static class Events {

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        CircuitBreakerEventsEndpoint circuitBreakerEventsEndpoint(
                CircuitBreakerRegistry registry, PeerProperties properties) {
            EventConsumerRegistry<CircuitBreakerEvent> events = new DefaultEventConsumerRegistry<>();
            follow(
                    registry,
                    registry.getAllCircuitBreakers(),
                    breaker -> breaker.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    breaker.getName(),
                                    properties.bufferedEvents(Kind.CIRCUIT_BREAKER, breaker.getName()))));
            return new CircuitBreakerEventsEndpoint(new RecordedEvents<>(
                    events,
                    CircuitBreakerEvent::getCircuitBreakerName,
                    CircuitBreakerEvent::getEventType,
                    CircuitBreakerEvent::getCreationTime));
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RetryEventsEndpoint retryEventsEndpoint(RetryRegistry registry, PeerProperties properties) {
            EventConsumerRegistry<RetryEvent> events = new DefaultEventConsumerRegistry<>();
            follow(
                    registry,
                    registry.getAllRetries(),
                    retry -> retry.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    retry.getName(), properties.bufferedEvents(Kind.RETRY, retry.getName()))));
            return new RetryEventsEndpoint(new RecordedEvents<>(
                    events, RetryEvent::getName, RetryEvent::getEventType, RetryEvent::getCreationTime));
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        RateLimiterEventsEndpoint rateLimiterEventsEndpoint(RateLimiterRegistry registry, PeerProperties properties) {
            EventConsumerRegistry<RateLimiterEvent> events = new DefaultEventConsumerRegistry<>();
            follow(
                    registry,
                    registry.getAllRateLimiters(),
                    limiter -> limiter.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    limiter.getName(),
                                    properties.bufferedEvents(Kind.RATE_LIMITER, limiter.getName()))));
            return new RateLimiterEventsEndpoint(new RecordedEvents<>(
                    events,
                    RateLimiterEvent::getRateLimiterName,
                    RateLimiterEvent::getEventType,
                    RateLimiterEvent::getCreationTime));
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        BulkheadEventsEndpoint bulkheadEventsEndpoint(
                BulkheadRegistry registry, ThreadPoolBulkheadRegistry pools, PeerProperties properties) {
            EventConsumerRegistry<BulkheadEvent> events = new DefaultEventConsumerRegistry<>();
            follow(
                    registry,
                    registry.getAllBulkheads(),
                    bulkhead -> bulkhead.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    bulkhead.getName(), properties.bufferedEvents(Kind.BULKHEAD, bulkhead.getName()))));
            follow(
                    pools,
                    pools.getAllBulkheads(),
                    pool -> pool.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    "ThreadPoolBulkhead-" + pool.getName(),
                                    properties.bufferedEvents(Kind.BULKHEAD, pool.getName()))));
            return new BulkheadEventsEndpoint(new RecordedEvents<>(
                    events,
                    BulkheadEvent::getBulkheadName,
                    BulkheadEvent::getEventType,
                    BulkheadEvent::getCreationTime));
        }

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        TimeLimiterEventsEndpoint timeLimiterEventsEndpoint(TimeLimiterRegistry registry, PeerProperties properties) {
            EventConsumerRegistry<TimeLimiterEvent> events = new DefaultEventConsumerRegistry<>();
            follow(
                    registry,
                    registry.getAllTimeLimiters(),
                    limiter -> limiter.getEventPublisher()
                            .onEvent(events.createEventConsumer(
                                    limiter.getName(),
                                    properties.bufferedEvents(Kind.TIME_LIMITER, limiter.getName()))));
            return new TimeLimiterEventsEndpoint(new RecordedEvents<>(
                    events,
                    TimeLimiterEvent::getTimeLimiterName,
                    TimeLimiterEvent::getEventType,
                    TimeLimiterEvent::getCreationTime));
        }

        /** The instances there are, and those to come. */
        private static <N> void follow(Registry<N, ?> registry, Iterable<N> present, Consumer<N> record) {
            present.forEach(record);
            registry.getEventPublisher()
                    .onEntryAdded(event -> record.accept(event.getAddedEntry()))
                    .onEntryReplaced(event -> record.accept(event.getNewEntry()));
        }
    }

    /** Only where a property asks for them, as with resilience4j. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, StatusAggregator.class})
    static class Healths {

        @Bean
        @ConditionalOnBooleanProperty("management.health.circuitbreakers.enabled")
        @ConditionalOnMissingBean(name = "circuitBreakersHealthIndicator", search = SearchStrategy.CURRENT)
        CircuitBreakersHealthIndicator circuitBreakersHealthIndicator(
                CircuitBreakerRegistry registry, PeerProperties properties, StatusAggregator aggregator) {
            return new CircuitBreakersHealthIndicator(registry, properties, aggregator);
        }

        @Bean
        @ConditionalOnBooleanProperty("management.health.ratelimiters.enabled")
        @ConditionalOnMissingBean(name = "rateLimitersHealthIndicator", search = SearchStrategy.CURRENT)
        RateLimitersHealthIndicator rateLimitersHealthIndicator(
                RateLimiterRegistry registry, PeerProperties properties, StatusAggregator aggregator) {
            return new RateLimitersHealthIndicator(registry, properties, aggregator);
        }
    }
}

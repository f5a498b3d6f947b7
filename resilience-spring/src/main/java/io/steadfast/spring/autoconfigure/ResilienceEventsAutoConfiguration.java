package io.steadfast.spring.autoconfigure;

import java.time.Clock;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.events.EventLogger;
import io.steadfast.spring.events.SpringEventListener;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tells the log and the application's {@code @EventListener}s what happens to guarded calls. Listeners are made before
 * nearly all other beans, so the application's {@link Clock}, if it has one, is asked for only when something happens.
 */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceEventsAutoConfiguration {

    /** Made by Spring. */
    public ResilienceEventsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EventLogger resilienceEventLogger(BeanFactory beans) {
        return new EventLogger(beans.getBeanProvider(Ticker.class).getIfAvailable(Ticker::system));
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SpringEventListener resilienceSpringEventListener(ApplicationEventPublisher publisher, BeanFactory beans) {
        ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
        return new SpringEventListener(publisher, SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)));
    }
}

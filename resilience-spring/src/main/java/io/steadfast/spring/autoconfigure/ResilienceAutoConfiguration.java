package io.steadfast.spring.autoconfigure;

import java.util.List;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallStyle;
import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.GuardPostProcessor;
import io.steadfast.spring.PolicyProvider;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Guards annotated beans. Does nothing by itself: what an annotation means comes from the starters' policy providers.
 */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardPostProcessor guardPostProcessor(ListableBeanFactory beans, Environment environment) {
        return new GuardPostProcessor(
                beans, environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardEngine guardEngine(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            ObjectProvider<PolicyProvider<?, ?>> providers,
            ObjectProvider<CallStyle> styles,
            PolicyRuntime runtime) {
        List<PolicyProvider<?, ?>> found = providers.orderedStream().toList();
        return new GuardEngine(beans, environment, found, styles.orderedStream().toList(), runtime);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CallCatalogue callCatalogue(GuardEngine engine) {
        return engine.catalogue();
    }

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PolicyRuntime policyRuntime(
            ObjectProvider<Ticker> ticker, ObjectProvider<Timer> timer, ObjectProvider<ResilienceListener> listeners) {
        return new PolicyRuntime(
                ticker.getIfAvailable(Ticker::system),
                timer.getIfAvailable(Timer::system),
                ResilienceListener.all(listeners.orderedStream().toList()));
    }
}

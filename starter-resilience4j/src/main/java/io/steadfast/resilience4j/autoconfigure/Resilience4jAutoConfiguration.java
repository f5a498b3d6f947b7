package io.steadfast.resilience4j.autoconfigure;

import io.steadfast.resilience4j.Differences;
import io.steadfast.resilience4j.annotations.Resilience4jAnnotationTranslator;
import io.steadfast.resilience4j.properties.Resilience4jProperties;
import io.steadfast.spring.RefreshParticipant;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs resilience4j's annotations and {@code resilience4j.*} properties on our policies. */
@AutoConfiguration(beforeName = "io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration")
@ConditionalOnClass(name = "io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker")
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class Resilience4jAutoConfiguration {

    /** Made by Spring. */
    public Resilience4jAutoConfiguration() {}

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Differences resilience4jDifferences() {
        return new Differences();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertyTranslator resilience4jPropertyTranslator(ConfigurableEnvironment environment) {
        return new PropertyTranslator(environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Resilience4jAnnotationTranslator resilience4jAnnotationTranslator(ConfigurableListableBeanFactory beans) {
        return new Resilience4jAnnotationTranslator(
                beans, beans.getBean(Resilience4jProperties.class), beans.getBean(Differences.class));
    }

    /** Read before ours, which are made of them. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RefreshParticipant resilience4jRefresh(ConfigurableListableBeanFactory beans) {
        return () -> {
            beans.getBean(Resilience4jProperties.class).readAgain();
            return () -> {};
        };
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DifferenceLog resilience4jDifferenceLog(Differences differences) {
        return new DifferenceLog(differences);
    }
}

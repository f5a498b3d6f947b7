package io.steadfast.resilience4j.autoconfigure;

import java.util.List;

import io.steadfast.resilience4j.Differences;
import io.steadfast.resilience4j.annotations.AnnotatedInstances;
import io.steadfast.resilience4j.properties.Resilience4jProperties;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Adds the translated properties as soon as all properties and all bean definitions are there, and before the first bean that reads
 * settings is made.
 */
final class PropertyTranslator implements BeanFactoryPostProcessor {

    private static final List<String> ASPECTS = List.of(
            "io.github.resilience4j.spring6.circuitbreaker.configure.CircuitBreakerAspect",
            "io.github.resilience4j.spring6.retry.configure.RetryAspect",
            "io.github.resilience4j.spring6.ratelimiter.configure.RateLimiterAspect",
            "io.github.resilience4j.spring6.bulkhead.configure.BulkheadAspect",
            "io.github.resilience4j.spring6.timelimiter.configure.TimeLimiterAspect");

    private final ConfigurableEnvironment environment;

    PropertyTranslator(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        refuseSecondStarter(beans);
        beans.registerSingleton(
                "resilience4jTranslatedProperties",
                Resilience4jProperties.addTo(
                        environment, AnnotatedInstances.in(beans), beans.getBean(Differences.class)));
    }

    /** Each annotated method would be guarded twice. */
    private static void refuseSecondStarter(ConfigurableListableBeanFactory beans) {
        for (String aspect : ASPECTS) {
            ClassLoader loader = beans.getBeanClassLoader();
            if (ClassUtils.isPresent(aspect, loader)) {
                String[] names = beans.getBeanNamesForType(ClassUtils.resolveClassName(aspect, loader), true, false);
                if (names.length > 0) {
                    throw new InvalidResilienceException(List.of(new StartupProblem(
                            "resilience4j's own starter is here beside steadfast-starter-resilience4j, and both would guard the same"
                                    + " methods",
                            "bean '" + names[0] + "' of type " + aspect,
                            "Remove the dependency io.github.resilience4j:resilience4j-spring-boot4.")));
                }
            }
        }
    }
}

package io.steadfast.spring.autoconfigure;

import java.util.Arrays;

import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Whether observations of calls would come to anything. Meters do not count: calls have their own, which cost less than an
 * observation.
 */
final class SomebodyObserves extends SpringBootCondition implements ConfigurationCondition {

    private static final String PROPERTY = "resilience.observations.enabled";

    private static final String METERS = "io.micrometer.core.instrument.observation.MeterObservationHandler";

    private static final String CUSTOMIZER =
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer";

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Observation of guarded calls");
        Boolean said = context.getEnvironment().getProperty(PROPERTY, Boolean.class);
        if (said != null) {
            return new ConditionOutcome(said, message.because(PROPERTY + " is " + said));
        }
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        boolean found = beans != null && isObserved(beans, context.getClassLoader());
        return new ConditionOutcome(
                found,
                message.because((found ? "found" : "did not find") + " an ObservationHandler that makes no meters"));
    }

    private static boolean isObserved(ConfigurableListableBeanFactory beans, @Nullable ClassLoader loader) {
        Class<?> meters = find(METERS, loader);
        Class<?> customizer = find(CUSTOMIZER, loader);
        return (customizer != null && names(beans, customizer).length > 0)
                || Arrays.stream(names(beans, ObservationHandler.class))
                        .anyMatch(name -> meters == null || !beans.isTypeMatch(name, meters));
    }

    /** In a hierarchy of contexts tracing is the parent's, as a rule. */
    private static String[] names(ConfigurableListableBeanFactory beans, Class<?> type) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false);
    }

    private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
        return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
    }
}

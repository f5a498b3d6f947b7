package io.steadfast.spring.autoconfigure;

import java.util.function.Function;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.steadfast.core.CallObserver;
import io.steadfast.spring.PropertySection;
import io.steadfast.spring.observation.ResilienceObservationConvention;
import io.steadfast.spring.observation.ResilienceObserver;
import io.steadfast.spring.observation.UntimedObservationHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import reactor.util.context.ContextView;

/**
 * Makes an observation of each guarded call where somebody listens to observations who is no meter: tracing, as a rule. Otherwise no
 * observer is made, and calls are spared all of it.
 */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
        })
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceObservationAutoConfiguration {

    /** Made by Spring. */
    public ResilienceObservationAutoConfiguration() {}

    /** Known, and so not refused, where nothing is observed, too. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceObservationsSection() {
        return new PropertySection("observations", ObservationsProperties.class);
    }

    /** Where observations go somewhere. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    @Conditional(SomebodyObserves.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Observed {

        private static final boolean HAS_REACTOR =
                ClassUtils.isPresent("reactor.util.context.ContextView", Observed.class.getClassLoader());

        @Bean
        @ConditionalOnMissingBean(value = CallObserver.class, search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ResilienceObserver resilienceObserver(
                ObjectProvider<ObservationRegistry> registries,
                ObjectProvider<ResilienceObservationConvention> conventions) {
            Function<Object, @Nullable Observation> parents = HAS_REACTOR ? Observed::ofContext : other -> null;
            return new ResilienceObserver(
                    SingletonSupplier.of(() -> registries.getIfAvailable(() -> ObservationRegistry.NOOP)),
                    conventions::getIfAvailable,
                    parents);
        }

        private static @Nullable Observation ofContext(Object surroundings) {
            return surroundings instanceof ContextView context
                            && context.getOrDefault(ResilienceObserver.CONTEXT_KEY, null) instanceof Observation caller
                    ? caller
                    : null;
        }

        /** Where observations would become meters, too. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterObservationHandler.class)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static class Untimed {

            @Bean
            @Order(Ordered.HIGHEST_PRECEDENCE)
            @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
            @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
            static UntimedObservationHandler resilienceUntimedObservationHandler() {
                return new UntimedObservationHandler();
            }
        }
    }
}

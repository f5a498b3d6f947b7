package io.steadfast.spring.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.steadfast.core.CallObserver;
import io.steadfast.core.ContextCarrier;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import io.steadfast.core.time.WallClock;
import io.steadfast.spring.AnnotationTranslator;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.CallRule;
import io.steadfast.spring.CallStyle;
import io.steadfast.spring.Extensions;
import io.steadfast.spring.GuardEngine;
import io.steadfast.spring.GuardPostProcessor;
import io.steadfast.spring.NamedCalls;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PropertySection;
import io.steadfast.spring.RefreshParticipant;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.steer.LiveChanges;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Guards annotated beans. Does nothing by itself: what an annotation means comes from the starters' policy providers.
 *
 * <p>Each context of a hierarchy has machinery of its own. What the application itself supplies is taken from the context
 * or else from its ancestors; beans asked for by {@code getBean} and not injected are those where the nearest counts.
 */
@AutoConfiguration
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class ResilienceAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardPostProcessor resilienceGuardPostProcessor(ListableBeanFactory beans, Environment environment) {
        return new GuardPostProcessor(
                beans, environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardEngine resilienceGuardEngine(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            ObjectProvider<PolicyProvider<?, ?>> providers,
            ObjectProvider<CallStyle> styles,
            ObjectProvider<CallRule> rules,
            ObjectProvider<OutcomeReader> readers,
            ObjectProvider<AnnotationTranslator> translators,
            ObjectProvider<PropertySection> sections) {
        NearestBeans nearest = new NearestBeans(beans);
        List<PolicyProvider<?, ?>> found =
                nearest.of(PolicyProvider.class, providers.orderedStream().toList(), PolicyProvider::policy);
        return new GuardEngine(
                beans,
                environment,
                found,
                styles.orderedStream().toList(),
                SingletonSupplier.of(
                        () -> nearest.of(CallRule.class, rules.orderedStream().toList(), CallRule::getClass)),
                new Extensions(
                        nearest.of(OutcomeReader.class, readers.orderedStream().toList(), OutcomeReader::getClass),
                        nearest.of(
                                AnnotationTranslator.class,
                                translators.orderedStream().toList(),
                                AnnotationTranslator::getClass),
                        nearest.of(
                                PropertySection.class, sections.orderedStream().toList(), PropertySection::name)),
                beans.getBean(PolicyRuntime.class));
    }

    /** Two starters read it; either may be absent. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceSpringAnnotationsSection() {
        return new PropertySection("spring-annotations", SpringAnnotationsProperties.class);
    }

    /** Several modules have meters; keys are known though nothing is metered. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceMetricsSection() {
        return new PropertySection("metrics", ResilienceMetricsProperties.class);
    }

    /** Known also where there is no health to show. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PropertySection resilienceHealthSection() {
        return new PropertySection("health", ResilienceHealthProperties.class);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static NamedCalls resilienceNamedCalls(BeanFactory beans) {
        return beans.getBean(GuardEngine.class).namedCalls();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ResilienceRefresher resilienceRefresher(
            ConfigurableListableBeanFactory beans, ObjectProvider<RefreshParticipant> participants) {
        return beans.getBean(GuardEngine.class)
                .refresher(() -> participants.orderedStream().toList());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CallCatalogue resilienceCallCatalogue(BeanFactory beans) {
        return beans.getBean(GuardEngine.class).catalogue();
    }

    /** Does nothing by itself: endpoint, dashboard or application ask for changes. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LiveChanges resilienceLiveChanges(
            BeanFactory beans, ConfigurableEnvironment environment, ApplicationEventPublisher publisher) {
        ObjectProvider<Clock> clock = beans.getBeanProvider(Clock.class);
        return new LiveChanges(
                beans.getBean(GuardEngine.class),
                beans.getBean(ResilienceRefresher.class),
                environment,
                beans.getBean(PolicyRuntime.class),
                SingletonSupplier.of(() -> clock.getIfUnique(WallClock::system)),
                publisher);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PolicyRuntime resiliencePolicyRuntime(
            ConfigurableListableBeanFactory beans, ObjectProvider<ResilienceListener> listeners) {
        List<ResilienceListener> found = new NearestBeans(beans)
                .of(ResilienceListener.class, listeners.orderedStream().toList(), ResilienceListener::getClass);
        return new PolicyRuntime(
                beans.getBeanProvider(Ticker.class).getIfAvailable(Ticker::system),
                beans.getBeanProvider(Timer.class).getIfAvailable(Timer::system),
                ResilienceListener.all(found),
                beans.getBeanProvider(ContextCarrier.class).getIfAvailable(() -> ContextCarrier.NONE),
                beans.getBeanProvider(CallObserver.class).getIfAvailable(() -> CallObserver.NONE));
    }
}

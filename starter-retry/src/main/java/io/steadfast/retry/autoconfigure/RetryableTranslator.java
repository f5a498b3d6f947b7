package io.steadfast.retry.autoconfigure;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.retry.Retry;
import io.steadfast.retry.RetryPolicy;
import io.steadfast.spring.AnnotationTranslator;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

/** Reads Spring Framework's {@link Retryable @Retryable} as {@link Retry @Retry}. */
final class RetryableTranslator implements AnnotationTranslator {

    private final ConfigurableListableBeanFactory beans;

    RetryableTranslator(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Set<Class<? extends Annotation>> types() {
        return Set.of(Retryable.class);
    }

    @Override
    public List<Annotation> translate(Annotation foreign, GuardedMethod method) {
        refuseTwoReaders();
        Retryable retryable = (Retryable) foreign;
        refusePredicate(retryable, method);
        RetryableAttributes attributes = attributes(retryable, method);
        return List.of(MergedAnnotation.of(
                        Retry.class,
                        Map.of(
                                "value", name(method),
                                "maxAttempts", attributes.maxAttempts(),
                                "waitDuration", attributes.waitDuration().toMillis() + "ms",
                                "retryExceptions", retryable.includes(),
                                "ignoreExceptions", retryable.excludes()))
                .synthesize());
    }

    @Override
    public Map<String, Map<String, Object>> settings(Annotation foreign, GuardedMethod method) {
        return Map.of(RetryPolicy.KIND, attributes((Retryable) foreign, method).settings());
    }

    private RetryableAttributes attributes(Retryable retryable, GuardedMethod method) {
        return new RetryableAttributes(retryable, where(method), new EmbeddedValueResolver(beans));
    }

    private static String where(GuardedMethod method) {
        return "@Retryable on " + method.describe();
    }

    /** Methods of one name are told apart by their parameters, for the annotation has no name to tell them apart by. */
    private static String name(GuardedMethod method) {
        String plain = method.method().getName();
        long namesakes = Arrays.stream(method.method().getDeclaringClass().getDeclaredMethods())
                .filter(other -> other.getName().equals(plain) && !other.isSynthetic())
                .count();
        return namesakes > 1 ? method.describe() : "";
    }

    private void refuseTwoReaders() {
        String[] springs = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                beans, RetryAnnotationBeanPostProcessor.class, true, false);
        if (springs.length > 0) {
            throw new InvalidGuardException(
                    "@Retryable would be obeyed twice, by Spring's own processing and by ours, and attempts would multiply",
                    "bean '" + springs[0] + "', and resilience.spring-annotations.enabled",
                    "Remove @EnableResilientMethods, or set resilience.spring-annotations.enabled to false.");
        }
    }

    private static void refusePredicate(Retryable retryable, GuardedMethod method) {
        if (retryable.predicate() != MethodRetryPredicate.class) {
            throw new InvalidGuardException(
                    "Which failures are retried is up to "
                            + retryable.predicate().getSimpleName()
                            + ", and a predicate for failures has no counterpart",
                    where(method),
                    "List exceptions in includes and excludes instead, if need be one of your own that the method throws.");
        }
    }
}

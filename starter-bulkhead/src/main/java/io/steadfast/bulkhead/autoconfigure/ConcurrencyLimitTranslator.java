package io.steadfast.bulkhead.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.spring.AnnotationTranslator;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;
import org.springframework.resilience.annotation.ConcurrencyLimitBeanPostProcessor;
import org.springframework.util.ConcurrencyThrottleSupport;
import org.springframework.util.StringUtils;

/** Reads Spring Framework's {@link ConcurrencyLimit @ConcurrencyLimit} as {@link Bulkhead @Bulkhead}. Thread-safe. */
final class ConcurrencyLimitTranslator implements AnnotationTranslator {

    /** Whoever blocks there waits for as long as it takes, in a queue of any length. */
    private static final Map<String, Object> BLOCK =
            Map.of("max-wait-duration", Duration.ofDays(36_500), "queue-capacity", 1_000_000);

    private static final Map<String, Object> REJECT = Map.of("max-wait-duration", Duration.ZERO, "queue-capacity", 0);

    private final ConfigurableListableBeanFactory beans;

    private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

    ConcurrencyLimitTranslator(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Set<Class<? extends Annotation>> types() {
        return Set.of(ConcurrencyLimit.class);
    }

    @Override
    public List<Annotation> translate(Annotation foreign, GuardedMethod method) {
        refuseTwoReaders();
        int limit = limit((ConcurrencyLimit) foreign, method);
        String name = name(method);
        return List.of(MergedAnnotation.of(
                        Bulkhead.class,
                        limit == ConcurrencyThrottleSupport.UNBOUNDED_CONCURRENCY
                                ? Map.of("value", name)
                                : Map.of("value", name, "maxConcurrentCalls", limit))
                .synthesize());
    }

    @Override
    public Map<String, Map<String, Object>> settings(Annotation foreign, GuardedMethod method) {
        ConcurrencyLimit annotation = (ConcurrencyLimit) foreign;
        if (limit(annotation, method) == ConcurrencyThrottleSupport.UNBOUNDED_CONCURRENCY) {
            return Map.of(BulkheadPolicy.KIND, Map.of("enabled", false));
        }
        return Map.of(BulkheadPolicy.KIND, annotation.policy() == ThrottlePolicy.REJECT ? REJECT : BLOCK);
    }

    private int limit(ConcurrencyLimit annotation, GuardedMethod method) {
        String text = annotation.limitString();
        int limit = annotation.limit();
        if (StringUtils.hasText(text)) {
            try {
                String resolved = new EmbeddedValueResolver(beans).resolveStringValue(text);
                limit = StringUtils.hasText(resolved) ? Integer.parseInt(resolved) : limit;
            } catch (IllegalArgumentException | BeansException wrong) {
                throw new InvalidGuardException(
                        "limitString '" + text + "' cannot be read: " + wrong.getMessage(),
                        where(method),
                        "Correct it or the property it names, or give the placeholder a default: ${name:default}.");
            }
        }
        if (limit < 1 && limit != ConcurrencyThrottleSupport.UNBOUNDED_CONCURRENCY) {
            throw new InvalidGuardException(
                    limit == Integer.MIN_VALUE ? "There is no limit" : "The limit is " + limit,
                    where(method),
                    "Give limit a value of at least 1, or -1 for no limit.");
        }
        return limit;
    }

    private static String where(GuardedMethod method) {
        return "@ConcurrencyLimit on " + method.describe();
    }

    /** On a method it is a limit of its own; on a class, one limit for all methods that have none of their own. */
    private String name(GuardedMethod method) {
        if (!isOnMethod(method.method())) {
            return ownedBy(method.beanClass(), method);
        }
        if (isOverloaded(method.method())) {
            return method.describe();
        }
        boolean inherited = method.method().getDeclaringClass() != method.beanClass();
        return inherited
                ? ownedBy(method.beanClass(), method) + "." + method.method().getName()
                : "";
    }

    /** Looks where the engine looks: at an interface's method only if the class itself says nothing. */
    private static boolean isOnMethod(Method method) {
        if (MergedAnnotations.from(method).isPresent(ConcurrencyLimit.class)) {
            return true;
        }
        return !MergedAnnotations.from(method.getDeclaringClass()).isPresent(ConcurrencyLimit.class)
                && AnnotatedElementUtils.hasAnnotation(method, ConcurrencyLimit.class);
    }

    private static boolean isOverloaded(Method method) {
        return Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                        .filter(other -> other.getName().equals(method.getName()) && !other.isSynthetic())
                        .count()
                > 1;
    }

    /** The class's name, if no other class goes by it: they would share a limit by accident. */
    private String ownedBy(Class<?> owner, GuardedMethod method) {
        Class<?> other = owners.putIfAbsent(owner.getSimpleName(), owner);
        if (other != null && other != owner) {
            throw new InvalidGuardException(
                    "Two classes would share the limit of '" + owner.getSimpleName() + "': " + other.getName() + " and "
                            + owner.getName(),
                    where(method),
                    "Replace the annotation on one of them by a @Bulkhead with a name.");
        }
        return owner.getSimpleName();
    }

    private void refuseTwoReaders() {
        String[] springs = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                beans, ConcurrencyLimitBeanPostProcessor.class, true, false);
        if (springs.length > 0) {
            throw new InvalidGuardException(
                    "@ConcurrencyLimit would be obeyed twice, by Spring's own processing and by ours",
                    "bean '" + springs[0] + "', and resilience.spring-annotations.enabled",
                    "Remove @EnableResilientMethods, or set resilience.spring-annotations.enabled to false.");
        }
    }
}

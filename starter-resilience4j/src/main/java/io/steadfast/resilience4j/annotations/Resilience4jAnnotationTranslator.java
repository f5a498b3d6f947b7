package io.steadfast.resilience4j.annotations;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.fallback.Fallback;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.resilience4j.Differences;
import io.steadfast.resilience4j.properties.InstanceUse;
import io.steadfast.resilience4j.properties.Resilience4jProperties;
import io.steadfast.retry.Retry;
import io.steadfast.spring.AnnotationTranslator;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.timeout.Timeout;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads the six annotations of resilience4j 2.4.0 as ours. {@code @Timer} guards nothing; its fallback counts. Thread-safe.
 */
public final class Resilience4jAnnotationTranslator implements AnnotationTranslator {

    private final NameResolver names;

    private final Resilience4jProperties properties;

    private final Differences differences;

    /**
     * Reads annotations of beans.
     *
     * @param beans resolves placeholders and the beans that names ask
     * @param properties what is configured
     * @param differences told of what is understood differently
     */
    public Resilience4jAnnotationTranslator(
            ConfigurableBeanFactory beans, Resilience4jProperties properties, Differences differences) {
        this.names = new NameResolver(beans);
        this.properties = properties;
        this.differences = differences;
    }

    @Override
    public Set<Class<? extends Annotation>> types() {
        return ForeignAnnotation.types();
    }

    @Override
    public List<Annotation> translate(Annotation foreign, GuardedMethod method) {
        ForeignAnnotation annotation = ForeignAnnotation.of(foreign);
        String where = annotation.label() + " of resilience4j on " + method.describe();
        List<Annotation> ours = new ArrayList<>();
        addPolicy(annotation, method, where, ours);
        if (!annotation.fallbackMethod().isBlank()) {
            addFallback(annotation, foreign, method, where, ours);
        }
        CombinedAnnotations.of(method).tell(annotation, where, differences);
        return ours;
    }

    private void addPolicy(ForeignAnnotation annotation, GuardedMethod method, String where, List<Annotation> ours) {
        ResolvedName name = names.resolve(annotation.name(), method.method(), where);
        String configuration = annotation.configuration().trim();
        if (name.perCall()) {
            differences.add(PerCallNames.difference(annotation, name, where), where);
        } else if (annotation.name().trim().startsWith("@")) {
            differences.add(CombinedAnnotations.NAMED_ONCE, where);
        }
        InstanceUse use = new InstanceUse(
                annotation.policy(), PerCallNames.instance(name, configuration, method.method()), configuration);
        String instance = annotation.policy().nameOfOurs(use.name());
        switch (annotation.policy()) {
            case RETRY -> ours.add(made(Retry.class, Map.of("value", instance)));
            case CIRCUIT_BREAKER -> ours.add(made(CircuitBreaker.class, Map.of("value", instance)));
            case RATE_LIMITER -> ours.add(rateLimiter(annotation, name, instance));
            case TIME_LIMITER -> ours.add(made(Timeout.class, Map.of("value", instance)));
            case BULKHEAD, THREAD_POOL_BULKHEAD -> ours.add(made(Bulkhead.class, Map.of("value", instance)));
            case TIMER -> {
                return;
            }
        }
        if (!properties.covers(use)) {
            throw new InvalidGuardException(
                    "The settings of '" + use.name()
                            + "' come from a config or a pool that only this annotation names, and it"
                            + " was not seen before beans were made",
                    where,
                    "Configure the instance by its name, resilience4j."
                            + annotation.policy().section() + ".instances." + use.name()
                            + (configuration.isEmpty() ? "" : ".base-config: " + configuration)
                            + ", or declare the bean with its own class.");
        }
    }

    private static RateLimiter rateLimiter(ForeignAnnotation annotation, ResolvedName name, String instance) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("value", instance));
        if (annotation.permits() != 1) {
            attributes.put("permits", annotation.permits());
        }
        if (name.perCall()) {
            attributes.put("key", name.text());
        }
        return made(RateLimiter.class, attributes);
    }

    private void addFallback(
            ForeignAnnotation annotation,
            Annotation foreign,
            GuardedMethod method,
            String where,
            List<Annotation> ours) {
        ResolvedName name = names.resolve(annotation.fallbackMethod(), method.method(), where);
        if (name.perCall()) {
            throw new InvalidGuardException(
                    "Which fallback answers would differ from call to call: " + name.text(),
                    where,
                    "Name one method, and let it decide.");
        }
        ForeignFallback fallback = new ForeignFallback(name.text(), method, where);
        boolean onMethod = MergedAnnotations.from(method.method(), SearchStrategy.INHERITED_ANNOTATIONS)
                .isPresent(foreign.annotationType());
        if (!onMethod && (fallback.isGuardedMethod() || !fallback.hasCandidates())) {
            return;
        }
        if (fallback.isGuardedMethod()) {
            throw new InvalidGuardException(
                    "The fallback has the name of the method it answers for, '" + name.text() + "'",
                    where,
                    "Rename the fallback, and name it in fallbackMethod.");
        }
        fallback.check(differences);
        ours.add(made(Fallback.class, Map.of("method", name.text())));
    }

    private static <A extends Annotation> A made(Class<A> type, Map<String, Object> attributes) {
        return MergedAnnotation.of(type, attributes).synthesize();
    }
}

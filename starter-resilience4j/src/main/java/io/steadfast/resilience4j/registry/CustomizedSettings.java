package io.steadfast.resilience4j.registry;

import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Carries what a customizer changed on resilience4j's configuration back into our settings. What it left alone stays as the
 * properties have it; what we have no setting for is refused.
 */
final class CustomizedSettings {

    private final PolicyRequest<?, ?> request;

    private final String customizer;

    private final BeanWrapper settings;

    private final Map<String, Predicate<?>> predicates = new LinkedHashMap<>();

    /**
     * Nothing is changed yet.
     *
     * @param request what is asked for
     * @param customizer the type of the customizer, for messages
     */
    CustomizedSettings(PolicyRequest<?, ?> request, Class<?> customizer) {
        this.request = request;
        this.customizer =
                customizer.getSimpleName() + " bean for '" + request.id().instance() + "'";
        this.settings = PropertyAccessorFactory.forBeanPropertyAccess(Objects.requireNonNull(request.settings()));
    }

    @Nullable
    Object get(String property) {
        return settings.getPropertyValue(property);
    }

    /** Takes a value over if the customizer changed it. */
    void carry(String property, Object before, Object after) {
        if (!before.equals(after)) {
            set(property, after);
        }
    }

    void set(String property, @Nullable Object value) {
        settings.setPropertyValue(property, value);
    }

    /** Has a setting that names a predicate name one of the customizer's. */
    void carryPredicate(String property, @Nullable Object before, @Nullable Predicate<?> after) {
        if (after != null && before != after) {
            String name = customizer + ", " + property;
            predicates.put(name, after);
            set(property, name);
        }
    }

    /**
     * Refuses what cannot be carried over.
     *
     * @throws InvalidGuardException if it was changed
     */
    void refuse(boolean changed, String what, String instead) {
        if (changed) {
            throw new InvalidGuardException("It sets " + what + ", which has no counterpart here", customizer, instead);
        }
    }

    /** The request with the changed settings, and with beans among which the customizer's predicates are found. */
    <A extends Annotation, S> PolicyRequest<A, S> applyTo(PolicyRequest<A, S> asked) {
        if (predicates.isEmpty()) {
            return asked;
        }
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory(request.beans());
        beans.setBeanClassLoader(loaderOf(request.beans()));
        predicates.forEach(beans::registerSingleton);
        return new PolicyRequest<>(
                asked.id(),
                asked.settings(),
                asked.annotation(),
                asked.method(),
                asked.runtime(),
                beans,
                asked.guards());
    }

    private static @Nullable ClassLoader loaderOf(BeanFactory beans) {
        return beans instanceof ConfigurableBeanFactory factory ? factory.getBeanClassLoader() : null;
    }
}

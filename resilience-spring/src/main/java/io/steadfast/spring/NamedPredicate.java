package io.steadfast.spring;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the predicate that a setting such as {@code result-predicate} names: a bean, or else a class, of which an instance
 * is made. For {@link PolicyProvider}s.
 *
 * @param key the setting
 * @param name what it names
 * @param beans where to look
 */
public record NamedPredicate(String key, String name, BeanFactory beans) {

    /**
     * Finds it.
     *
     * @param <T> what it judges; one that expects something else throws when asked, which is no answer
     * @return the predicate
     * @throws InvalidSettingsException if there is no such thing, or it is no predicate
     */
    public <T> Predicate<T> find() {
        return beans.containsBean(name) ? bean() : instance(type());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // one that expects another type throws when asked
    private <T> Predicate<T> bean() {
        Object bean = beans.getBean(name);
        if (bean instanceof Predicate<?> predicate) {
            return (Predicate<T>) predicate;
        }
        throw refusal("names the bean '" + name + "', which is a "
                + ClassUtils.getUserClass(bean).getName() + " and no java.util.function.Predicate");
    }

    private Class<?> type() {
        ClassLoader loader = beans instanceof ConfigurableBeanFactory factory ? factory.getBeanClassLoader() : null;
        try {
            return ClassUtils.forName(name, loader);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw refusal("names '" + name + "', but there is neither a bean nor a class of that name");
        }
    }

    @SuppressWarnings("unchecked") // one that expects another type throws when asked
    private <T> Predicate<T> instance(Class<?> type) {
        if (!Predicate.class.isAssignableFrom(type)) {
            throw refusal("names the class " + type.getName() + ", which is no java.util.function.Predicate");
        }
        try {
            return (Predicate<T>) BeanUtils.instantiateClass(type);
        } catch (BeanInstantiationException unusable) {
            throw refusal("names the class " + type.getName() + ", of which no instance can be made without arguments");
        }
    }

    private InvalidSettingsException refusal(String reason) {
        return new InvalidSettingsException(List.of(new Problem(List.of(key), reason + "; " + candidates())));
    }

    private String candidates() {
        String[] names = beans instanceof ListableBeanFactory listable
                ? listable.getBeanNamesForType(Predicate.class, true, false)
                : new String[0];
        Arrays.sort(names);
        return names.length == 0 ? "there is no Predicate bean" : "the Predicate beans are " + String.join(", ", names);
    }
}

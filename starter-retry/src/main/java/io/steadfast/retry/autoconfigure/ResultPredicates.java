package io.steadfast.retry.autoconfigure;

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

/** Finds what {@code result-predicate} names: a bean, or else a class. */
final class ResultPredicates {

    private static final String KEY = "result-predicate";

    private final BeanFactory beans;

    ResultPredicates(BeanFactory beans) {
        this.beans = beans;
    }

    @SuppressWarnings("unchecked") // one that expects another type of result throws, which counts as "no"
    Predicate<Object> find(String name) {
        return beans.containsBean(name) ? bean(name) : instance(type(name));
    }

    @SuppressWarnings("unchecked") // one that expects another type of result throws, which counts as "no"
    private Predicate<Object> bean(String name) {
        Object bean = beans.getBean(name);
        if (bean instanceof Predicate<?> predicate) {
            return (Predicate<Object>) predicate;
        }
        throw refusal("names the bean '" + name + "', which is a "
                + ClassUtils.getUserClass(bean).getName() + " and no java.util.function.Predicate");
    }

    private Class<?> type(String name) {
        try {
            return ClassUtils.forName(name, classLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw refusal("names '" + name + "', but there is neither a bean nor a class of that name");
        }
    }

    @SuppressWarnings("unchecked") // one that expects another type of result throws, which counts as "no"
    private Predicate<Object> instance(Class<?> type) {
        if (!Predicate.class.isAssignableFrom(type)) {
            throw refusal("names the class " + type.getName() + ", which is no java.util.function.Predicate");
        }
        try {
            return (Predicate<Object>) BeanUtils.instantiateClass(type);
        } catch (BeanInstantiationException unusable) {
            throw refusal("names the class " + type.getName() + ", of which no instance can be made without arguments");
        }
    }

    private ClassLoader classLoader() {
        ClassLoader loader = beans instanceof ConfigurableBeanFactory factory ? factory.getBeanClassLoader() : null;
        return loader == null ? getClass().getClassLoader() : loader;
    }

    private InvalidSettingsException refusal(String reason) {
        return new InvalidSettingsException(List.of(new Problem(List.of(KEY), reason + "; " + candidates())));
    }

    private String candidates() {
        String[] names = beans instanceof ListableBeanFactory listable
                ? listable.getBeanNamesForType(Predicate.class, true, false)
                : new String[0];
        Arrays.sort(names);
        return names.length == 0 ? "there is no Predicate bean" : "the Predicate beans are " + String.join(", ", names);
    }
}

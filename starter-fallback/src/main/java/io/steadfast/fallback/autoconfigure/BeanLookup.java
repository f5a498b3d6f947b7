package io.steadfast.fallback.autoconfigure;

import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SimpleAliasRegistry;
import org.springframework.util.ClassUtils;

/** What can be known of a bean at start-up without making it. */
final class BeanLookup {

    private BeanLookup() {}

    /** The factory behind a context: only it resolves placeholders and knows aliases. */
    static BeanFactory factory(BeanFactory beans) {
        return beans instanceof ConfigurableApplicationContext context ? context.getBeanFactory() : beans;
    }

    static String canonicalName(BeanFactory beans, String name) {
        return beans instanceof SimpleAliasRegistry aliases ? aliases.canonicalName(name) : name;
    }

    /** The user's class, also where a proxy has been made of it already. */
    static Class<?> typeOf(BeanFactory beans, String name, GuardedMethod guarded) {
        if (!beans.containsBean(name)) {
            throw new InvalidGuardException(
                    "There is no bean '" + name + "' to answer for " + guarded.describe(),
                    FallbackPlace.where(guarded),
                    "Define the bean, or correct its name in @Fallback(bean = ...).");
        }
        Class<?> type = beans instanceof ConfigurableListableBeanFactory factory
                ? AutoProxyUtils.determineTargetClass(factory, name)
                : beans.getType(name);
        return ClassUtils.getUserClass(known(type, name, guarded));
    }

    private static Class<?> known(@Nullable Class<?> type, String name, GuardedMethod guarded) {
        if (type == null) {
            throw new InvalidGuardException(
                    "The class of bean '" + name
                            + "' is not known before the bean is made, so nobody can tell whether it "
                            + "can answer for " + guarded.describe(),
                    FallbackPlace.where(guarded),
                    "Declare the class as the return type of the bean's @Bean method, or write the fallback in "
                            + guarded.beanClass().getSimpleName() + ".");
        }
        return type;
    }
}

package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Where the methods are that may answer.
 *
 * @param guarded the method they answer for
 * @param name their name
 * @param beanName the bean they belong to
 * @param type the bean's class
 * @param elsewhere whether that is a bean to be looked up, rather than the very object that was called
 */
record FallbackPlace(GuardedMethod guarded, String name, String beanName, Class<?> type, boolean elsewhere) {

    static FallbackPlace of(Fallback annotation, GuardedMethod guarded, BeanFactory beans) {
        String method = resolve(annotation.method(), guarded, beans);
        String bean = resolve(annotation.bean(), guarded, beans);
        if (!bean.isEmpty()) {
            String name = method.isEmpty() ? guarded.method().getName() : method;
            String beanName = BeanLookup.canonicalName(beans, bean);
            return new FallbackPlace(guarded, name, beanName, BeanLookup.typeOf(beans, beanName, guarded), true);
        }
        if (method.isEmpty()) {
            throw new InvalidGuardException(
                    "The fallback of " + guarded.describe() + " names neither a method nor a bean",
                    where(guarded),
                    "Name the method that answers, @Fallback(method = \"...\"), and write it: "
                            + Signature.of(guarded.method(), guarded.beanClass())
                                    .expectedFallback("...") + ".");
        }
        return new FallbackPlace(guarded, method, guarded.beanName(), ownType(guarded), false);
    }

    /** Of a bean that is nothing but a proxy, the interface that has the guarded method. */
    private static Class<?> ownType(GuardedMethod guarded) {
        Class<?> type = guarded.beanClass();
        return Proxy.isProxyClass(type)
                ? Arrays.stream(type.getInterfaces())
                        .filter(guarded.method().getDeclaringClass()::isAssignableFrom)
                        .findFirst()
                        .orElse(type)
                : type;
    }

    static String where(GuardedMethod guarded) {
        return "@Fallback on " + guarded.describe();
    }

    String where() {
        return where(guarded);
    }

    /** All methods of that name, overridden and generated ones left out; the guarded method does not answer for itself. */
    List<Method> methods() {
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type, this::mayAnswer))
                .filter(method -> elsewhere || !isGuarded(method))
                .toList();
    }

    /** Whether the guarded method is itself one of those that answer. */
    boolean containsGuarded() {
        return !elsewhere && guarded.method().getName().equals(name);
    }

    private boolean mayAnswer(Method method) {
        return method.getName().equals(name) && !method.isBridge() && !method.isSynthetic();
    }

    private boolean isGuarded(Method method) {
        return method.getName().equals(guarded.method().getName())
                && Arrays.equals(method.getParameterTypes(), guarded.method().getParameterTypes());
    }

    private static String resolve(String text, GuardedMethod guarded, BeanFactory beans) {
        if (!(beans instanceof ConfigurableBeanFactory factory)) {
            return text.trim();
        }
        try {
            String resolved = factory.resolveEmbeddedValue(text);
            return resolved == null ? "" : resolved.trim();
        } catch (IllegalArgumentException unresolvable) {
            throw new InvalidGuardException(
                    "The placeholder in '" + text + "' has no value: " + unresolvable.getMessage(),
                    where(guarded),
                    "Define the property, or give the placeholder a default, ${name:default}.");
        }
    }
}

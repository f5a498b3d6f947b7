package io.steadfast.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** The methods of a bean that annotations may stand on, and what keeps one of them from being intercepted. */
final class BeanMethods {

    private BeanMethods() {}

    /** The class whose methods count: the user's own, or the proxy's for a bean that is nothing but interfaces. */
    static Class<?> userClass(Object bean) {
        return ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
    }

    /** All methods, private ones too, but the most specific of each only, and none of {@code Object}. */
    static List<Method> of(Class<?> beanClass) {
        if (!Proxy.isProxyClass(beanClass)) {
            return List.of(ReflectionUtils.getUniqueDeclaredMethods(beanClass, BeanMethods::isOfUser));
        }
        Set<Method> methods = new LinkedHashSet<>();
        for (Class<?> type : ClassUtils.getAllInterfacesForClass(beanClass)) {
            for (Method method : type.getMethods()) {
                if (isOfUser(method)) {
                    methods.add(method);
                }
            }
        }
        return new ArrayList<>(methods);
    }

    private static boolean isOfUser(Method method) {
        return !method.isSynthetic() && method.getDeclaringClass() != Object.class;
    }

    /** Why no proxy can intercept a method; {@code null} if one can. */
    static @Nullable String obstacle(Method method, Class<?> beanClass, Object bean) {
        if (Modifier.isPrivate(method.getModifiers())) {
            return "it is private";
        }
        if (Modifier.isStatic(method.getModifiers())) {
            return "it is static";
        }
        if (AopUtils.isJdkDynamicProxy(bean) || Proxy.isProxyClass(bean.getClass())) {
            return isOfInterface(method, bean)
                    ? null
                    : "its bean is known by its interfaces only, and none of them has it";
        }
        if (Modifier.isFinal(method.getModifiers())) {
            return "it is final";
        }
        if (isPackagePrivate(method) && !method.getDeclaringClass().getPackage().equals(beanClass.getPackage())) {
            return "it is package-private in another package than its bean's class";
        }
        if (Modifier.isFinal(beanClass.getModifiers()) && !(bean instanceof Advised)) {
            return "its class is final";
        }
        return null;
    }

    private static boolean isPackagePrivate(Method method) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
    }

    private static boolean isOfInterface(Method method, Object proxy) {
        for (Class<?> type : ClassUtils.getAllInterfaces(proxy)) {
            if (ClassUtils.hasMethod(type, method.getName(), method.getParameterTypes())) {
                return true;
            }
        }
        return method.getDeclaringClass().isInterface();
    }
}

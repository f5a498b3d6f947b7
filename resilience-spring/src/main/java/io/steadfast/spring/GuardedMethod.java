package io.steadfast.spring;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

/**
 * A method of a bean, as its class implements it.
 *
 * @param beanName the bean
 * @param beanClass the user's class, never a proxy's where there is another
 * @param method the most specific method
 */
public record GuardedMethod(String beanName, Class<?> beanClass, Method method) {

    /**
     * The name of a call that has been given none.
     *
     * @return {@code SimpleClassName.methodName}
     */
    public String defaultName() {
        return ClassUtils.getUserClass(method.getDeclaringClass()).getSimpleName() + "." + method.getName();
    }

    /**
     * The method as messages name it.
     *
     * @return {@code SimpleClassName.methodName(ParameterTypes)}
     */
    public String describe() {
        StringBuilder text = new StringBuilder(defaultName()).append('(');
        String separator = "";
        for (Class<?> type : method.getParameterTypes()) {
            text.append(separator).append(type.getSimpleName());
            separator = ", ";
        }
        return text.append(')').toString();
    }

    @Override
    public String toString() {
        return describe();
    }
}

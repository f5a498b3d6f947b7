package io.steadfast.spring;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A method of a bean, as its class implements it; or what stands for one where a call is guarded that belongs to no method.
 *
 * @param beanName the bean
 * @param beanClass the user's class, never a proxy's where there is another
 * @param method the most specific method
 * @param label what messages call it; {@code null} for the method's own name
 */
public record GuardedMethod(
        String beanName,
        Class<?> beanClass,
        Method method,
        @Nullable String label) {

    /** What is called where there is no method to point at. */
    private static final Method NO_METHOD = ClassUtils.getMethod(Callable.class, "call");

    /**
     * A method that goes by its own name.
     *
     * @param beanName the bean
     * @param beanClass the user's class
     * @param method the most specific method
     */
    public GuardedMethod(String beanName, Class<?> beanClass, Method method) {
        this(beanName, beanClass, method, null);
    }

    /** Stands for a call that belongs to no method. */
    static GuardedMethod ofCall(String label) {
        return new GuardedMethod("", Callable.class, NO_METHOD, label);
    }

    /**
     * The name of a call that has been given none.
     *
     * @return {@code SimpleClassName.methodName}, or the label
     */
    public String defaultName() {
        if (label != null) {
            return label;
        }
        return ClassUtils.getUserClass(method.getDeclaringClass()).getSimpleName() + "." + method.getName();
    }

    /**
     * The method as messages name it.
     *
     * @return {@code SimpleClassName.methodName(ParameterTypes)}, or the label
     */
    public String describe() {
        if (label != null) {
            return label;
        }
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

package io.steadfast.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/** Runs methods that are not called through a proxy, such as fallback methods, under the policies they are annotated with. */
public interface MethodGuards {

    /**
     * Prepares a method of a bean's class. Done at start-up; mistakes in the method's own annotations are reported then.
     *
     * @param beanName the bean the method belongs to
     * @param beanClass the bean's class
     * @param method the method, of any visibility
     * @param plain runs the method itself
     * @return runs the method with its policies around it; {@code plain} itself if it is not annotated
     */
    Invoker guard(String beanName, Class<?> beanClass, Method method, Invoker plain);

    /** Invokes a method. */
    @FunctionalInterface
    interface Invoker {

        /**
         * Invokes it.
         *
         * @param target the object
         * @param arguments the arguments
         * @return what the method returned
         * @throws Throwable what the method threw
         */
        @Nullable
        Object invoke(Object target, @Nullable Object[] arguments) throws Throwable;
    }
}

package io.steadfast.spring.key;

import java.lang.reflect.Method;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;

/** What tells a call from others of the same method, worked out of its arguments. Thread-safe, quick, and never blocks. */
@FunctionalInterface
public interface CallKey {

    /**
     * Works out the key.
     *
     * @param call a call of the method that the key was made for
     * @return the key; {@code null} for none
     * @throws org.springframework.expression.EvaluationException if the arguments do not have what the expression asks for
     */
    @Nullable
    Object keyOf(Call call);

    /**
     * Prepares a key of Spring's expression language, at start-up. It may read parameters, by name and as {@code #p0}, their properties, and
     * call their methods; nothing else.
     *
     * @param expression what somebody has written, such as {@code #customer.id}
     * @param method the method whose arguments it is about
     * @param beanClass the class of the bean
     * @return the key
     * @throws io.steadfast.core.InvalidSettingsException if it is no expression, speaks of what there is not, or is the same for every
     *     call; the setting is called {@code key}
     */
    static CallKey of(String expression, Method method, Class<?> beanClass) {
        return KeyExpression.of(expression, method, beanClass);
    }
}

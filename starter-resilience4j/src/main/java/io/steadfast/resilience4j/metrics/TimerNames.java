package io.steadfast.resilience4j.metrics;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Works a timer's name out as resilience4j does: a name, a placeholder, or an expression about the call. */
final class TimerNames {

    private final ConfigurableBeanFactory beans;

    private final SpelExpressionParser parser = new SpelExpressionParser();

    private final ParameterNameDiscoverer parameters = new DefaultParameterNameDiscoverer();

    TimerNames(ConfigurableBeanFactory beans) {
        this.beans = beans;
    }

    String of(String text, Method method, @Nullable Object[] arguments) {
        if (text.startsWith("${")) {
            return String.valueOf(beans.resolveEmbeddedValue(text));
        }
        if (!text.startsWith("#") && !text.startsWith("@")) {
            return text;
        }
        String expression = text.startsWith("#{") && text.endsWith("}") ? text.substring(2, text.length() - 1) : text;
        MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(
                new Invocation(method.getName(), arguments), method, arguments, parameters);
        context.setBeanResolver(new BeanFactoryResolver(beans));
        return String.valueOf(parser.parseExpression(expression).getValue(context));
    }

    /**
     * What {@code #root} is.
     *
     * @param methodName the method
     * @param args what it is called with
     */
    public record Invocation(String methodName, @Nullable Object[] args) {

        /**
         * As resilience4j's root object has it.
         *
         * @return the method
         */
        public String getMethodName() {
            return methodName;
        }

        /**
         * As resilience4j's root object has it.
         *
         * @return what it is called with
         */
        public @Nullable Object[] getArgs() {
            return args;
        }
    }
}

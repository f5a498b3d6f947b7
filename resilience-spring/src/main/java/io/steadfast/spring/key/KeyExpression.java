package io.steadfast.spring.key;

import java.lang.reflect.Method;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * A key that an expression works out of the arguments. Parsed and checked once, at start-up; compiled to byte code once it has
 * run often enough for the types to be known. Mixed mode, because arguments of one parameter may have many classes: what was
 * compiled for one is interpreted for another, where the immediate mode would fail.
 */
final class KeyExpression implements CallKey {

    private final KeyScope scope;

    private final Expression expression;

    private KeyExpression(KeyScope scope, Expression expression) {
        this.scope = scope;
        this.expression = expression;
    }

    /**
     * Prepares an expression.
     *
     * @param text what somebody has written, such as {@code #customer.id}
     * @param method the method whose arguments it is about
     * @param beanClass the class of the bean
     * @throws InvalidSettingsException if it is no expression, or speaks of what there is not
     */
    static CallKey of(String text, Method method, Class<?> beanClass) {
        KeyScope scope = new KeyScope(method, beanClass);
        Integer argument = text.startsWith("#") ? scope.position(text.substring(1)) : null;
        if (argument != null) {
            return call -> scope.arguments(call)[argument];
        }
        SpelExpression parsed = parse(text, beanClass);
        String problem = new KeyExpressionCheck(scope).findProblem(parsed.getAST());
        if (problem != null) {
            throw refusal(problem);
        }
        return new KeyExpression(scope, parsed);
    }

    private static SpelExpression parse(String text, Class<?> beanClass) {
        try {
            return new SpelExpressionParser(
                            new SpelParserConfiguration(SpelCompilerMode.MIXED, beanClass.getClassLoader()))
                    .parseRaw(text);
        } catch (ExpressionException | IllegalStateException broken) {
            throw refusal("is no expression of Spring's language: " + broken.getMessage());
        }
    }

    private static InvalidSettingsException refusal(String reason) {
        return new InvalidSettingsException(List.of(new Problem(List.of("key"), reason)));
    }

    @Override
    public @Nullable Object keyOf(Call call) {
        return expression.getValue(new KeyContext(scope, call));
    }

    @Override
    public String toString() {
        return expression.getExpressionString();
    }
}

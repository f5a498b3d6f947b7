package io.steadfast.resilience4j.annotations;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.regex.Pattern;

import io.steadfast.spring.InvalidGuardException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Works out names as resilience4j's {@code DefaultSpelResolver} does, but once, at start-up: placeholders, expressions about the
 * method, and beans. An expression about arguments is left as it is.
 */
final class NameResolver {

    private static final Pattern PLACEHOLDER = Pattern.compile("^[$#]\\{.+}$");

    private static final Pattern ARGUMENT_BY_INDEX = Pattern.compile("#root\\.args\\[(\\d+)]");

    private static final Pattern ARGUMENTS = Pattern.compile("\\bargs\\b|\\bgetArgs\\b");

    private final ConfigurableBeanFactory beans;

    NameResolver(ConfigurableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Works out a name.
     *
     * @throws InvalidGuardException if it comes to nothing
     */
    ResolvedName resolve(String text, Method method, String where) {
        try {
            return resolve(text.trim(), method);
        } catch (RuntimeException broken) {
            throw new InvalidGuardException(
                    "The name '" + text + "' cannot be worked out: " + broken.getMessage(),
                    where,
                    "Correct the expression, or write a plain name.");
        }
    }

    /** The same before beans are made; nothing where a bean would be asked. */
    Optional<ResolvedName> resolveEarly(String text, Method method) {
        try {
            String trimmed = text.trim();
            boolean asksBeans =
                    isExpression(trimmed) && asksBeans(parse(trimmed).getAST());
            return asksBeans || trimmed.startsWith("#{") ? Optional.empty() : Optional.of(resolve(trimmed, method));
        } catch (RuntimeException broken) {
            return Optional.empty(); // told when the annotation is translated
        }
    }

    private ResolvedName resolve(String text, Method method) {
        if (PLACEHOLDER.matcher(text).matches()) {
            return constant(new EmbeddedValueResolver(beans).resolveStringValue(text));
        }
        if (!isExpression(text)) {
            return constant(text);
        }
        SpelExpression expression = parse(text);
        if (isAboutArguments(expression.getAST()) || ARGUMENTS.matcher(text).find()) {
            return new ResolvedName(ARGUMENT_BY_INDEX.matcher(text).replaceAll("#p$1"), true);
        }
        Root root = new Root(method.getDeclaringClass().getName(), method.getName());
        StandardEvaluationContext context = new StandardEvaluationContext(root);
        context.setBeanResolver(new BeanFactoryResolver(beans));
        return constant(expression.getValue(context, String.class));
    }

    private static ResolvedName constant(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("it is null");
        }
        return new ResolvedName(name.trim(), false);
    }

    private static boolean isExpression(String text) {
        return text.length() > 1 && (text.startsWith("#") || text.startsWith("@"));
    }

    private static SpelExpression parse(String text) {
        return new SpelExpressionParser().parseRaw(text);
    }

    private static boolean isAboutArguments(SpelNode node) {
        if (node instanceof VariableReference && !node.toStringAST().equals("#root")) {
            return true;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            if (isAboutArguments(node.getChild(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean asksBeans(SpelNode node) {
        if (node instanceof BeanReference) {
            return true;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            if (asksBeans(node.getChild(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code #root}, as resilience4j knows it, without the arguments.
     *
     * @param className the class that declares the method
     * @param methodName the method
     */
    record Root(String className, String methodName) {}
}

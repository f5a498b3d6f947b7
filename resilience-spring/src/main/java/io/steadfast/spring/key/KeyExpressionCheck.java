package io.steadfast.spring.key;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;

/** Looks through an expression for what would fail in every call, or be the same in every call: better told at start-up. */
final class KeyExpressionCheck {

    /** What no key can do, with the words for it. */
    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden(BeanReference.class, "a bean"),
            new Forbidden(TypeReference.class, "a class"),
            new Forbidden(ConstructorReference.class, "a constructor"),
            new Forbidden(FunctionReference.class, "a function"),
            new Forbidden(Assign.class, "an assignment"),
            new Forbidden(OpInc.class, "an increment"),
            new Forbidden(OpDec.class, "a decrement"));

    private static final Set<String> ALWAYS_THERE = Set.of("root", "this");

    private static final Set<String> OF_THE_ROOT = Set.of("method", "methodName", "args", "target", "targetClass");

    private static final Set<String> NO_METHODS = Set.of("target", "method");

    private final KeyScope scope;

    private boolean dependsOnTheCall;

    KeyExpressionCheck(KeyScope scope) {
        this.scope = scope;
    }

    /** The first thing that is wrong, in words that follow the key; {@code null} if nothing is. */
    @Nullable
    String findProblem(SpelNode whole) {
        String problem = isCallItself(whole) ? callItself(whole) : look(whole, true, true);
        return problem != null || dependsOnTheCall
                ? problem
                : "is the same for every call (" + whole.toStringAST() + "); parameters are written " + example();
    }

    /**
     * Looks at a node and below.
     *
     * @param atRoot whether the node is asked of the root, and not of what stands to its left
     * @param insideAtRoot whether what it has in parentheses or brackets is
     */
    private @Nullable String look(SpelNode node, boolean atRoot, boolean insideAtRoot) {
        String problem = lookAt(node, atRoot);
        boolean chain = node instanceof CompoundExpression;
        if (problem == null && chain) {
            problem = lookForMethodsOfTheRoot(node, atRoot);
        }
        boolean ofElements = node instanceof Projection || node instanceof Selection || node instanceof InlineMap;
        for (int i = 0; problem == null && i < node.getChildCount(); i++) {
            SpelNode child = node.getChild(i);
            if (!chain && insideAtRoot && !ofElements && isCallItself(child)) {
                return callItself(child);
            }
            boolean childAtRoot = chain ? i == 0 && atRoot : insideAtRoot && !ofElements;
            problem = look(child, childAtRoot, insideAtRoot && !ofElements);
        }
        return problem;
    }

    /** The root is another object in each call, so as a key it would tell nothing about any two of them. */
    private static boolean isCallItself(SpelNode node) {
        return node instanceof VariableReference
                && ALWAYS_THERE.contains(node.toStringAST().substring(1));
    }

    private String callItself(SpelNode node) {
        return "uses " + node.toStringAST() + " as a value, which is another one in each call; parameters are written "
                + example();
    }

    /** The root's own methods, and those of the bean and of the method object: they would run before anybody is let in. */
    private static @Nullable String lookForMethodsOfTheRoot(SpelNode chain, boolean atRoot) {
        boolean root = isCallItself(chain.getChild(0));
        int first = root ? 1 : 0;
        for (int i = 1; i < chain.getChildCount(); i++) {
            SpelNode owner = chain.getChild(i - 1);
            boolean ofRoot = root && i == 1;
            boolean ofBean = (root || atRoot)
                    && i - 1 == first
                    && owner instanceof PropertyOrFieldReference property
                    && NO_METHODS.contains(property.getName());
            if ((ofRoot || ofBean) && chain.getChild(i) instanceof MethodReference) {
                return "calls " + chain.getChild(i).toStringAST() + " of " + owner.toStringAST()
                        + "; a key is made of arguments, their properties and their methods";
            }
        }
        return null;
    }

    private @Nullable String lookAt(SpelNode node, boolean atRoot) {
        for (Forbidden forbidden : FORBIDDEN) {
            if (forbidden.type.isInstance(node)) {
                return "uses " + forbidden.what + " (" + node.toStringAST()
                        + "); a key is made of arguments, their properties and their methods";
            }
        }
        if (node instanceof VariableReference) {
            dependsOnTheCall = true;
            String name = node.toStringAST().substring(1);
            return scope.position(name) != null || ALWAYS_THERE.contains(name) ? null : unknown(name);
        }
        if (atRoot && node instanceof PropertyOrFieldReference property) {
            dependsOnTheCall = true;
            return OF_THE_ROOT.contains(property.getName())
                    ? null
                    : "speaks of '" + property.getName() + "', which is nothing; parameters are written " + example();
        }
        if (atRoot && node instanceof MethodReference) {
            return "calls " + node.toStringAST() + " on nothing; parameters are written " + example();
        }
        return null;
    }

    private String unknown(String name) {
        if (scope.variables().isEmpty()) {
            return "speaks of #" + name + ", but the method has no parameters";
        }
        if (scope.parameterNames().isEmpty()) {
            return "speaks of #" + name
                    + ", but the method was compiled without parameter names (javac -parameters); there is "
                    + list(scope.variables());
        }
        return "speaks of #" + name + ", but the method has no such parameter; there is "
                + list(scope.parameterNames());
    }

    private String example() {
        return scope.parameterNames().isEmpty() ? "#p0" : list(scope.parameterNames());
    }

    private static String list(Collection<String> names) {
        return names.stream().map(name -> "#" + name).collect(Collectors.joining(", "));
    }

    private record Forbidden(Class<?> type, String what) {}
}

package io.steadfast.spring.key;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Call;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/** What an expression can speak of: the parameters of a method, by name and as {@code #p0} and {@code #a0}, and the root. */
final class KeyScope {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Method method;

    private final Class<?> beanClass;

    private final Map<String, Integer> positions = new LinkedHashMap<>();

    private final List<String> named = new ArrayList<>();

    KeyScope(Method method, Class<?> beanClass) {
        this.method = method;
        this.beanClass = beanClass;
        @Nullable String @Nullable [] names = NAMES.getParameterNames(method);
        for (int i = 0; i < method.getParameterCount(); i++) {
            positions.put("p" + i, i);
            positions.put("a" + i, i);
        }
        for (int i = 0; names != null && i < names.length; i++) {
            String name = names[i];
            if (name != null) {
                positions.put(name, i);
                named.add(name);
            }
        }
    }

    /** Which parameter a variable is; {@code null} if it is none. */
    @Nullable
    Integer position(String variable) {
        return positions.get(variable);
    }

    /** What may be written after {@code #}. */
    Collection<String> variables() {
        return positions.keySet();
    }

    /** The parameters as the source names them; none if it was compiled without names. */
    List<String> parameterNames() {
        return named;
    }

    /** Not copied, as {@link Call#arguments()} would do: expressions are checked to change nothing. */
    @Nullable
    Object[] arguments(Call call) {
        return call.invocation() instanceof MethodInvocation invocation ? invocation.getArguments() : call.arguments();
    }

    Root root(Call call) {
        Object target = call.invocation() instanceof MethodInvocation invocation ? invocation.getThis() : null;
        return new Root(method, method.getName(), arguments(call), target, beanClass);
    }

    /**
     * {@code #root}, as Spring's cache annotations know it.
     *
     * @param method the guarded method
     * @param methodName its name
     * @param args the arguments
     * @param target the bean
     * @param targetClass the bean's class
     */
    @SuppressWarnings("ArrayRecordComponent") // an expression indexes it, and nobody compares roots
    record Root(
            Method method,
            String methodName,
            @Nullable Object[] args,
            @Nullable Object target,
            Class<?> targetClass) {}
}

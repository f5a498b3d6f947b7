package io.steadfast.resilience4j.registry;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A registry of resilience4j's that has the policy made where it is asked for by name alone, as in
 * {@code registry.circuitBreaker("stock")}. Who brings settings of his own gets an instance of his own, as ever, unless the name
 * is configured: then the settings were decided on elsewhere.
 */
final class AskedByName implements InvocationHandler {

    private final Object registry;

    private final Class<?> entryType;

    private final PolicyStore<?> store;

    private AskedByName(Object registry, Class<?> entryType, PolicyStore<?> store) {
        this.registry = registry;
        this.entryType = entryType;
        this.store = store;
    }

    /**
     * Puts itself before a registry.
     *
     * @param type the registry's interface
     * @param registry the registry
     * @param entryType what it holds
     * @param store where it holds it
     */
    static <R> R before(Class<R> type, R registry, Class<?> entryType, PolicyStore<?> store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new AskedByName(registry, entryType, store)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (arguments != null && arguments[0] instanceof String name && method.getReturnType() == entryType) {
            if (isByNameAlone(method.getParameterTypes())) {
                store.ask(name);
            } else {
                store.find(name);
            }
        }
        try {
            return method.invoke(registry, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    /** Tags, which a registry may be given besides, decide on nothing. */
    private static boolean isByNameAlone(Class<?>[] parameters) {
        return parameters.length == 1 || (parameters.length == 2 && parameters[1] == Map.class);
    }
}
